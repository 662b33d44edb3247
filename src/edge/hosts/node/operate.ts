// Operator commands, built as one file; each command loads on demand.
import { argv, umask } from 'node:process'

type Command = (args: string[]) => Promise<number>

const loadTransfer = async () => (await import('./transfer/main.ts')).transferCommand

const commands: Record<string, () => Promise<Command>> = {
  backup: async () => (await import('./operations/backup.ts')).backupCommand,
  'db:transfer': loadTransfer,
  /** Former name of `db:transfer`. */
  migrate: loadTransfer,
  reconcile: async () => (await import('./operations/reconcile-since.ts')).reconcileCommand,
}

// Any file written here may contain buyers' data.
umask(0o077)
const [name = '', ...args] = argv.slice(2)
const command = Object.hasOwn(commands, name) && (await commands[name]?.())
if (!command) process.stderr.write(`one of: ${Object.keys(commands).join(', ')}\n`)
process.exitCode = command ? await command(args) : 2
