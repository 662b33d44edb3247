import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inventory, inventoryFile } from '../inventory.ts'

test('the documented list of scripts matches the built page and its CSP', () => {
  expect(readFileSync(inventoryFile, 'utf8')).toBe(inventory())
})
