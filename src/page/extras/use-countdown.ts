import { useEffect, useState } from 'preact/hooks'

/** Signs that somebody is busy with the page. */
const signs = ['pointerdown', 'touchmove', 'wheel', 'keydown'] as const

/**
 * Counts down while the tab is looked at, and stops for good when somebody does anything on the page.
 * @param done called once, at the end
 * @returns the seconds that are left, null where nothing is counted; and how to stop it
 */
export function useCountdown(from: number, isOn: boolean, done: () => void) {
  const [seconds, setSeconds] = useState<number | null>(null)
  const stay = () => setSeconds(null)

  useEffect(() => {
    if (seconds === null) return
    if (seconds === 0) {
      setSeconds(null)
      done()
      return
    }
    const timer = setInterval(() => {
      if (!document.hidden) setSeconds(seconds - 1)
    }, 1_000)
    return () => clearInterval(timer)
  }, [seconds])

  useEffect(() => {
    if (!isOn) return
    // Not before: a document without scripts goes nowhere by itself, and says so.
    setSeconds(from)
    const hands = new AbortController()
    for (const sign of signs)
      addEventListener(sign, stay, { passive: true, signal: hands.signal, capture: true })
    return () => hands.abort()
  }, [isOn])

  return { seconds, stay }
}
