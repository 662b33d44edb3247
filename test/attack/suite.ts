import { scenarios as access } from './areas/access.ts'
import { scenarios as cards } from './areas/cards.ts'
import { scenarios as clockwork } from './areas/clockwork.ts'
import { scenarios as deposits } from './areas/deposits.ts'
import { scenarios as elsewhere } from './areas/elsewhere.ts'
import { scenarios as forgery } from './areas/forgery.ts'
import { scenarios as late } from './areas/late.ts'
import { scenarios as lost } from './areas/lost.ts'
import { scenarios as marks } from './areas/marks.ts'
import { scenarios as notCharged } from './areas/not-charged.ts'
import { scenarios as replaced } from './areas/replaced.ts'
import { scenarios as returns } from './areas/returns.ts'
import { scenarios as server } from './areas/server.ts'
import { scenarios as upstream } from './areas/upstream.ts'
import type { Scenario } from './scenario.ts'

export const suite: readonly Scenario[] = [
  ...elsewhere,
  ...marks,
  ...replaced,
  ...late,
  ...lost,
  ...notCharged,
  ...returns,
  ...upstream,
  ...deposits,
  ...cards,
  ...forgery,
  ...clockwork,
  ...access,
  ...server,
]
