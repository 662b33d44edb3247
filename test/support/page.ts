// The page's real renderer for in-process tests, without the built script and styles.
import { packDocument } from '../../src/edge/hosts/node/server/pack-document.ts'
import { createRenderer } from '../../src/page/entry/server.tsx'

export const aPage = () =>
  createRenderer({ script: '', style: '', scriptSource: "'sha256-none'" }, packDocument)
