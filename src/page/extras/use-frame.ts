import { useEffect, useState } from 'preact/hooks'
import { onwardName } from '../embed/message.ts'

/**
 * Whether a shop's page holds this one in a frame, and then whether it lets the customer go on from here to the
 * seller's site: its loader says so by the frame's name. Known only in the browser.
 */
export function useFrame(): 'none' | 'closed' | 'onward' {
  const [frame, setFrame] = useState<'none' | 'closed' | 'onward'>('none')
  useEffect(() => {
    if (parent !== window) setFrame(window.name === onwardName ? 'onward' : 'closed')
  }, [])
  return frame
}
