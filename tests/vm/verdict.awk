# Reads what the machine told from its first start to its last (`run`, which gives `name`), and counts what is lost. The lines:
#
#   try WORD N of UNIT .    before edit N        ack WORD N of UNIT .    it was acknowledged (WORD: edit, wrong, undone)
#   look, looked            around what is there after a loss of power: has WORD N of UNIT .
#   bad …                   anything else that should not be
#
# A line that the end cut short has no full stop, and says nothing. Exit code 1: something is lost; 2: other violations, or
# nothing was seen.
function tell(what) { if (told++ < 40) print what }
/^bad/ { tell($0); violations++ }
/^kill/ { kills++ }
/^look$/ { looking = 1; split("", has) }
$1 ~ /^(try|ack|has)$/ && !($6 == "." && NF == 6) { next }
$1 == "try" { tried[$2, $3, $5] = 1 }
# From when it is tried an undo may have been done.
$1 == "try" && $2 == "undone" { last[$5] = former[$5] }
$1 == "ack" {
  acknowledged++
  if ($2 == "undone") { gone[$3, $5] = 1; next }
  former[$5] = last[$5]
  last[$5] = $3
}
$1 == "has" {
  has[$5] = $3
  if (!(($2, $3, $5) in tried)) { tell("there, but never typed: " $0); violations++ }
  if ($2 == "wrong" && ($3, $5) in gone) { tell("undone, but there again: " $0); violations++ }
}
/^looked$/ && looking {
  looking = 0
  looks++
  for (unit in last)
    if (has[unit] + 0 < last[unit] + 0) {
      tell("kill " kills ": edit " last[unit] " of " unit " is lost, there is " has[unit] + 0)
      lost++
      # Each is told once.
      delete last[unit]
    }
}
END {
  printf "%s: %d kills, %d looks afterwards, %d acknowledged edits, %d lost, %d other violations\n",
    name, kills - 1, looks, acknowledged, lost, violations
  if (lost) exit 1
  exit violations > 0 || looks < 2 || !acknowledged ? 2 : 0
}
