// Whether the SDK has its channels, told by what it puts into the page: on a stand-in for what the browser tells.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadChannels } from '../../src/page/browser/sdk-channels.ts'

const asked = { name: 'https://service.iamport.kr/users/pg/imp1', startTime: 100 }

let frames: { addEventListener: (type: string, loaded: () => void) => void }[] = []
let loads: (() => void)[] = []
let change = () => {}
let hear = (_: object) => {}

function addFrame(): void {
  frames.push({ addEventListener: (_, loaded) => loads.push(loaded) })
  change()
}
const answer = (entry: object) => hear({ getEntries: () => [entry] })

beforeEach(() => {
  frames = []
  loads = []
  vi.useFakeTimers()
  vi.stubGlobal('performance', { now: () => 100 })
  vi.stubGlobal('document', { body: {}, querySelectorAll: () => frames })
  const observing = { observe: () => {}, disconnect: () => {} }
  vi.stubGlobal(
    'MutationObserver',
    class {
      constructor(told: () => void) {
        change = told
        Object.assign(this, observing)
      }
    },
  )
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(told: (list: object) => void) {
        hear = told
        Object.assign(this, observing)
      }
    },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('the SDK is ready once the frames of all its channels have loaded', () => {
  const told = vi.fn()
  loadChannels(() => {
    addFrame()
    addFrame()
  }, told)
  answer(asked)
  loads[0]?.()
  expect(told).not.toHaveBeenCalled()
  loads[1]?.()
  expect(told.mock.calls).toEqual([['ready']])
})

test('one channel that never loads keeps nobody from the others', () => {
  const told = vi.fn()
  loadChannels(addFrame, told)
  vi.advanceTimersByTime(10_000)
  expect(told.mock.calls).toEqual([['ready']])
})

test('an answer without channels is one at once', () => {
  const told = vi.fn()
  loadChannels(() => {}, told)
  answer(asked)
  expect(told.mock.calls).toEqual([['blocked']])
  addFrame()
  expect(told).toHaveBeenCalledOnce()
})

test('an answer to what was asked before the SDK began says nothing of it', () => {
  const told = vi.fn()
  loadChannels(() => {}, told)
  answer({ ...asked, startTime: 99 })
  expect(told).not.toHaveBeenCalled()
})

test.each<[string, () => void]>([
  ['says nothing', () => {}],
  [
    'throws',
    () => {
      throw new Error('blocked')
    },
  ],
])('an SDK that %s and shows no channel is blocked', (_, init) => {
  const told = vi.fn()
  loadChannels(init, told)
  vi.advanceTimersByTime(10_000)
  expect(told.mock.calls).toEqual([['blocked']])
})
