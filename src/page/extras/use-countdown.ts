import { useEffect, useState } from 'preact/hooks'

const activityEvents = ['pointerdown', 'touchmove', 'wheel', 'keydown'] as const

/**
 * Counts down while the tab is visible; any activity stops it for good.
 * @param onEnd called once, at zero
 * @returns the seconds left, or null, and a function that stops the countdown
 */
export function useCountdown(from: number, isOn: boolean, onEnd: () => void) {
  const [seconds, setSeconds] = useState<number | null>(null)
  const stay = () => setSeconds(null)

  useEffect(() => {
    if (seconds === null) return
    if (seconds === 0) {
      setSeconds(null)
      onEnd()
      return
    }
    const timer = setInterval(() => {
      if (!document.hidden) setSeconds(seconds - 1)
    }, 1_000)
    return () => clearInterval(timer)
  }, [seconds])

  useEffect(() => {
    if (!isOn) return
    // Not during server rendering, because a document without scripts cannot navigate.
    setSeconds(from)
    const controller = new AbortController()
    for (const sign of activityEvents)
      addEventListener(sign, stay, { passive: true, signal: controller.signal, capture: true })
    return () => controller.abort()
  }, [isOn])

  return { seconds, stay }
}
