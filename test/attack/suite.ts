import { scenarios as access } from './areas/access.ts'
import { scenarios as backgroundJobs } from './areas/background-jobs.ts'
import { scenarios as cards } from './areas/cards.ts'
import { scenarios as deposits } from './areas/deposits.ts'
import { scenarios as foreignPayments } from './areas/foreign-payments.ts'
import { scenarios as forgery } from './areas/forgery.ts'
import { scenarios as invalidResponses } from './areas/invalid-responses.ts'
import { scenarios as latePayments } from './areas/late-payments.ts'
import { scenarios as lostNotices } from './areas/lost-notices.ts'
import { scenarios as notCharged } from './areas/not-charged.ts'
import { scenarios as originMarks } from './areas/origin-marks.ts'
import { scenarios as refunds } from './areas/refunds.ts'
import { scenarios as replacedLinks } from './areas/replaced-links.ts'
import { scenarios as serverProcess } from './areas/server-process.ts'
import type { Scenario } from './scenario.ts'

export const suite: readonly Scenario[] = [
  ...foreignPayments,
  ...originMarks,
  ...replacedLinks,
  ...latePayments,
  ...lostNotices,
  ...notCharged,
  ...refunds,
  ...invalidResponses,
  ...deposits,
  ...cards,
  ...forgery,
  ...backgroundJobs,
  ...access,
  ...serverProcess,
]
