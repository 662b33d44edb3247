// `npm run build`: builds, also where nothing changed.
import { build } from './prepare.mjs'

process.chdir(new URL('../..', import.meta.url).pathname)
build()
