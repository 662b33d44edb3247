// What an operator does by hand beside the server: one file of the build, one command each, loaded when it is meant.
import { argv, umask } from 'node:process'

const commands: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  backup: async () => (await import('./operations/backup.ts')).backupCommand,
  migrate: async () => (await import('./transfer/main.ts')).transferCommand,
  reconcile: async () => (await import('./operations/reconcile-since.ts')).reconcileCommand,
}

// Every file may contain buyers' data.
umask(0o077)
const [name = '', ...args] = argv.slice(2)
const command = Object.hasOwn(commands, name) && (await commands[name]?.())
if (!command) process.stderr.write(`one of: ${Object.keys(commands).join(', ')}\n`)
process.exitCode = command ? await command(args) : 2
