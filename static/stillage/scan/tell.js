// Tells the warehouse what was done. Without an answer it is kept, and told later in its turn.

import { session } from "./session.js";
import { hasTurn, keepCommand, replay } from "./queue.js";

/**
 * Sends a command; whether it was kept instead, because there is no answer now or something that was done before waits
 * still. `about` says it to a person and names its task: {said, task}. A refusal is thrown, as it is by `send`.
 */
export async function tell(command, path, body, about) {
  if (!session.away && !hasTurn()) {
    try {
      await command.send(path, body);
      return false;
    } catch (refusal) {
      if (!refusal.unanswered || refusal.status === 500) throw refusal;
    }
  }
  const { key, occurredAt } = command.handOver(path, body);
  await keepCommand({ key, path, body, occurredAt, ...about });
  replay().catch(() => {});
  return true;
}
