// Keeps an open tab up to date, by server-sent events while it is visible and by polling otherwise. Part of the
// late script.
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Cell } from './cell.ts'
import type { Effect, Event } from './event.ts'
import { isUndecided, type Model } from './model.ts'
import { nextPollMs } from './poll-schedule.ts'

export interface FlowHandle {
  model: Cell<Model>
  dispatch: (event: Event) => void
  run: (effect: Effect) => void
}

export interface Follower {
  /** Call after each change of the model. @param screenChanged resets the polling interval */
  reschedule: (screenChanged: boolean) => void
  /** Call after each response of the edge. */
  connect: () => void
  /** Polls now if anything can have changed: the tab is visible or online again. */
  refresh: () => void
  /** Call when the tab is hidden. */
  disconnect: () => void
}

export interface FollowerDependencies {
  /** Opens the edge's stream; `onError` gets true if it is closed for good. Returns a close function. */
  openStream: (onView: (view: LinkView) => void, onError: (final: boolean) => void) => () => void
  isVisible: () => boolean
  /** setTimeout that waits for a visible tab; returns a cancel function. */
  schedule: (ms: number, callback: () => void) => () => void
}

export const createFollower =
  ({ openStream, isVisible, schedule }: FollowerDependencies) =>
  ({ model, dispatch, run }: FlowHandle): Follower => {
    let polls = 0
    let cancelPoll = () => {}
    let closeStream: (() => void) | null = null
    let isStreaming = false

    /** Schedules the next poll, with growing intervals. */
    function reschedule(screenChanged = false): void {
      if (screenChanged) polls = 0
      cancelPoll()
      const { value } = model
      if (value.at === 'not_found' || (value.at === 'settled' && nextPollMs(value, 0) === null)) disconnect()
      const ms = nextPollMs(value, polls, isStreaming)
      if (ms === null) return
      cancelPoll = schedule(ms, () => {
        polls += 1
        refresh()
      })
    }

    /** Only after a response, so that an unreachable edge is polled with backoff instead. */
    function connect(): void {
      reschedule()
      if (closeStream || !isVisible() || nextPollMs(model.value, polls) === null) return
      closeStream = openStream(
        (view) => {
          isStreaming = true
          dispatch({ type: 'updated', view })
        },
        (final) => {
          isStreaming = false
          reschedule()
          if (final) closeStream = null
        },
      )
    }

    function disconnect(): void {
      closeStream?.()
      closeStream = null
      isStreaming = false
    }

    function refresh(): void {
      const { value } = model
      if (nextPollMs(value, polls) === null) return
      if (value.at === 'open' && value.checkoutState.sdk === 'blocked') dispatch({ type: 'retry' })
      if (value.at === 'unknown') run({ do: 'settle', impUid: value.impUid })
      else run(isUndecided(value) ? { do: 'settle', impUid: undefined } : { do: 'view' })
    }

    return { reschedule, connect, refresh, disconnect }
  }
