import { readdirSync, readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { percentile } from './row.ts'

export interface LoadOptions {
  url: string
  /** PID of the server. */
  pid: number
  seconds: number
  requests: autocannon.Request[]
}

export interface LoadResult {
  /** Responses per second. */
  rate: number
  /** 99th percentile of the latency in milliseconds. */
  p99: number
  /** Processor time of the server per response in microseconds; NaN where the system does not report it. */
  cpu: number
}

const connections = 50

/** Keeps fifty connections busy for the given time. A response other than 200 ends the benchmark. */
export async function runLoad({ url, pid, seconds, requests }: LoadOptions): Promise<LoadResult> {
  const before = cpuOf(pid)
  const waits: number[] = []
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon({ url, connections, duration: seconds, requests }, (error, done) =>
      error ? reject(error) : resolve(done),
    )
    instance.on('response', (_client, _status, _bytes, wait) => waits.push(wait))
  })
  const bad = result.non2xx + result.errors + result.timeouts
  if (bad > 0) throw new Error(`${bad} of the answers of ${url} were none`)
  const answers = result['2xx']
  return {
    rate: answers / result.duration,
    p99: percentile(waits, 0.99),
    cpu: ((cpuOf(pid) - before) * 1e6) / answers,
  }
}

/** Processor time so far in seconds, at Linux's resolution of hundredths. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

/** Processor time so far of all threads, in exact nanoseconds; NaN where the system does not report it. */
export function exactCpuOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const spent = threads.map((id) => readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0])
    return spent.reduce((sum, nanoseconds) => sum + Number(nanoseconds), 0)
  } catch {
    return Number.NaN
  }
}

/** Resident memory in MB. */
export function memoryOf(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes) / 1024
  } catch {
    return Number.NaN
  }
}
