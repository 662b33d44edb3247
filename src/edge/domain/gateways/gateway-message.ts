// Pure: a gateway's reason as a customer may read it.
const longest = 120

// Four digits or more of any script and width, whatever stands between them that is no letter or cannot be seen.
const digits = /[\p{N}*](?:[[^\p{L}\p{N}*]\p{Default_Ignorable_Code_Point}]*[\p{N}*]){3,}/gv

/** Without a run of digits: some gateways repeat what they were sent. Nothing where too little remains. */
export function cleanGatewayMessage(message: string): string | undefined {
  const said = message.replace(digits, '…').replace(/\s+/g, ' ').trim()
  return /\p{L}{2}/u.test(said) ? [...said].slice(0, longest).join('') : undefined
}
