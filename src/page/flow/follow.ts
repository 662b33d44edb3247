// Keeps an open tab up to date: by a stream while it is looked at, by looks where the stream does not tell. It comes
// with the screens: before them nothing of it could be shown.
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Cell } from './cell.ts'
import type { Effect, Event } from './event.ts'
import { isUndecided, type Model } from './model.ts'
import { nextLook } from './watch.ts'

/** What is followed, and what may be done with it. */
export interface Followed {
  model: Cell<Model>
  tell: (event: Event) => void
  run: (effect: Effect) => void
}

export interface Follower {
  /** The model has changed. @param moved to another screen: looks are frequent again */
  watch: (moved: boolean) => void
  /** The edge has answered, or the page has begun. */
  follow: () => void
  /** Asks the edge now, where anything can have changed: the tab is seen again, the network is back. */
  look: () => void
  /** The tab is hidden: nothing is streamed to nobody. */
  rest: () => void
}

/** What it needs of the world. */
export interface Surroundings {
  /** Opens the edge's stream of the link; `cut` with true: for good. Returns its close. */
  openStream: (told: (view: LinkView) => void, cut: (final: boolean) => void) => () => void
  /** Whether the tab is looked at. */
  isSeen: () => boolean
  /** Calls back once after `ms`, not before the tab is seen; returns its cancel. */
  later: (ms: number, call: () => void) => () => void
}

export const createFollower =
  ({ openStream, isSeen, later }: Surroundings) =>
  ({ model, tell, run }: Followed): Follower => {
    let looks = 0
    let cancelLook = () => {}
    let closeStream: (() => void) | null = null
    let streams = false

    /** Asks again, ever more rarely, wherever the truth may change without us. */
    function watch(moved = false): void {
      if (moved) looks = 0
      cancelLook()
      const { value } = model
      if (value.at === 'not_found' || (value.at === 'settled' && nextLook(value, 0) === null)) rest()
      const ms = nextLook(value, looks, streams)
      if (ms === null) return
      cancelLook = later(ms, () => {
        looks += 1
        look()
      })
    }

    /** Only after the edge has answered, so that one which is away is asked by the looks alone, ever more rarely. */
    function follow(): void {
      watch()
      if (closeStream || !isSeen() || nextLook(model.value, looks) === null) return
      closeStream = openStream(
        (view) => {
          streams = true
          tell({ type: 'viewed', view })
        },
        (final) => {
          streams = false
          watch()
          if (final) closeStream = null
        },
      )
    }

    function rest(): void {
      closeStream?.()
      closeStream = null
      streams = false
    }

    function look(): void {
      const { value } = model
      if (nextLook(value, looks) === null) return
      if (value.at === 'open' && value.desk.sdk === 'blocked') tell({ type: 'again' })
      if (value.at === 'unknown') run({ do: 'settle', impUid: value.impUid })
      else run(isUndecided(value) ? { do: 'settle', impUid: undefined } : { do: 'view' })
    }

    return { watch, follow, look, rest }
  }
