/* What is shown of a run. */

/* Let `screens` show the commands of the last program that are not hidden, and what they print;
 * `follow` gets the name of each as it begins, and its number among them. */
export function play(session, commands, screens, follow) {
  const shown = commands.filter(({ hidden }) => !hidden)
  let hidden = false
  session.oncommand = (command, last, own) => {
    hidden = command.hidden || !last
    if (hidden) return
    for (const screen of screens) screen.command(command, own)
    if (!own) follow({ step: shown.indexOf(command), name: command.name })
  }
  session.onoutput = (output) => {
    if (!hidden) for (const screen of screens) screen.output(output)
  }
}

/* How a run stands against the recording: a sentence, and its kind. */
export function verdict(session, words) {
  const count = session.faults.length
  if (count) return [`${words.differs(count)}${session.changed ? ` ${words.changed}` : ""}`, "differs"]
  if (!session.ended) return [session.waits ? `${words.soFar} ${words.waits}` : words.running, ""]
  return [`${session.volatile ? words.sameVolatile : words.same} ${words.after}`, "same"]
}
