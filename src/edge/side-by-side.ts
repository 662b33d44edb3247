// Work that waits for somebody else, several at a time: what takes long or breaks keeps nothing else waiting.

export interface Piece {
  /** The same for the same piece of work, however often it is found. */
  key: string
  work: () => Promise<void>
}

interface Limits {
  /** How many may be under way at this moment. */
  width: () => number
  /** False: what is under way is ended, nothing is begun. */
  goOn: () => boolean
}

/**
 * Finds and begins until nothing is found that was not begun before. Rejects with what went wrong first, once all
 * that was begun has ended.
 */
export async function sideBySide(find: () => Promise<Piece[]>, { width, goOn }: Limits): Promise<void> {
  const underWay = new Set<Promise<void>>()
  let begun = new Set<string>()
  let waiting: Piece[] = []
  let broke: { error: unknown } | undefined
  const note = (error: unknown) => {
    broke ??= { error }
  }

  async function next(): Promise<Piece | undefined> {
    if (broke || !goOn() || underWay.size >= width()) return undefined
    if (waiting.length === 0) {
      const found = await find()
      waiting = found.filter(({ key }) => !begun.has(key))
      // What is found no more is done.
      begun = new Set(found.map(({ key }) => key).filter((key) => begun.has(key)))
    }
    return waiting.shift()
  }

  for (;;) {
    const piece = await next().catch(note)
    if (piece) {
      begun.add(piece.key)
      const done = piece
        .work()
        .catch(note)
        .finally(() => underWay.delete(done))
      underWay.add(done)
    } else if (underWay.size > 0) await Promise.race(underWay)
    else break
  }
  if (broke) throw broke.error
}
