import { useEffect, useState } from 'preact/hooks'
import { onwardName } from '../embed/message.ts'

/**
 * Whether a shop embeds the page, and whether its loader allows links to the seller's site (by the frame's name).
 * Known only in the browser.
 */
export function useFrame(): 'none' | 'closed' | 'onward' {
  const [frame, setFrame] = useState<'none' | 'closed' | 'onward'>('none')
  useEffect(() => {
    if (parent !== window) setFrame(window.name === onwardName ? 'onward' : 'closed')
  }, [])
  return frame
}
