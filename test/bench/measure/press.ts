import { readdirSync, readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { percentile } from './row.ts'

export interface Pressure {
  url: string
  /** Of the process that answers. */
  pid: number
  seconds: number
  requests: autocannon.Request[]
}

export interface Felt {
  /** Answers a second. */
  rate: number
  /** Milliseconds within which 99 of 100 answers came. */
  p99: number
  /** Processor time that the server took for one answer, in microseconds; NaN where the system does not say. */
  cpu: number
}

const connections = 50

/** Keeps fifty connections busy for a while. An answer that is not 200 ends the benchmark. */
export async function press({ url, pid, seconds, requests }: Pressure): Promise<Felt> {
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

/** Seconds of processor time so far. Linux counts in hundredths. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

/** Nanoseconds of processor time so far, of all its threads, exactly; NaN where the system does not say. */
export function exactCpuOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const spent = threads.map((id) => readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0])
    return spent.reduce((sum, nanoseconds) => sum + Number(nanoseconds), 0)
  } catch {
    return Number.NaN
  }
}

/** Resident megabytes. */
export function memoryOf(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes) / 1024
  } catch {
    return Number.NaN
  }
}
