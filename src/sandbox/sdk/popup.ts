import type { Request } from './request.ts'

const polling = 100

/** Straight in the click, and still empty: where it goes is known only later. */
export function openPopup(request: Request): boolean {
  request.popup = window.open('', `imp-popup-${request.id}`, 'width=480,height=680')
  return request.popup !== null
}

/** No event tells that somebody closed a window of another origin. */
export function watchPopup(request: Request, onClosed: () => void): void {
  const timer = setInterval(() => {
    if (!request.popup?.closed) return
    clearInterval(timer)
    onClosed()
  }, polling)
  request.release = () => {
    clearInterval(timer)
    request.popup?.close()
  }
}
