/**
 * Headers of a request with a connection of its own: on a busy machine a client may write to a kept connection just
 * as the server closes it, and a browser would ask again.
 */
export const ownConnection = { connection: 'close' }
