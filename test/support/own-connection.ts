/**
 * Opens a new connection: on a busy machine a client may reuse a connection that the server is closing, where
 * a browser would retry.
 */
export const ownConnection = { connection: 'close' }
