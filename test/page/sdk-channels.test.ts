// Detection of loaded channels by the SDK's frames, on fake browser APIs.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadChannels } from '../../src/page/browser/sdk-channels.ts'

const channelsEntry = { name: 'https://service.iamport.kr/users/pg/imp1', startTime: 100 }

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
      constructor(report: () => void) {
        change = report
        Object.assign(this, observing)
      }
    },
  )
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(report: (list: object) => void) {
        hear = report
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
  const report = vi.fn()
  loadChannels(() => {
    addFrame()
    addFrame()
  }, report)
  answer(channelsEntry)
  loads[0]?.()
  expect(report).not.toHaveBeenCalled()
  loads[1]?.()
  expect(report.mock.calls).toEqual([['ready']])
})

test('one channel that never loads does not block the others', () => {
  const report = vi.fn()
  loadChannels(addFrame, report)
  vi.advanceTimersByTime(10_000)
  expect(report.mock.calls).toEqual([['ready']])
})

test('a response without channels counts as blocked at once', () => {
  const report = vi.fn()
  loadChannels(() => {}, report)
  answer(channelsEntry)
  expect(report.mock.calls).toEqual([['blocked']])
  addFrame()
  expect(report).toHaveBeenCalledOnce()
})

test('a response from before the SDK started is ignored', () => {
  const report = vi.fn()
  loadChannels(() => {}, report)
  answer({ ...channelsEntry, startTime: 99 })
  expect(report).not.toHaveBeenCalled()
})

test.each<[string, () => void]>([
  ['says nothing', () => {}],
  [
    'throws',
    () => {
      throw new Error('blocked')
    },
  ],
])('an SDK that %s and shows no channel counts as blocked', (_, init) => {
  const report = vi.fn()
  loadChannels(init, report)
  vi.advanceTimersByTime(10_000)
  expect(report.mock.calls).toEqual([['blocked']])
})
