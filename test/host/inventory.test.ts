import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inventory, inventoryFile } from '../inventory.ts'

test('the list of the page’s scripts is that of the built page and of the policy', () => {
  expect(readFileSync(inventoryFile, 'utf8')).toBe(inventory())
})
