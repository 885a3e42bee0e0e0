/**
 * Leaves out users and items with fewer than k events until all that are left have k: the largest such part of a log,
 * whatever the order of removal. `users` and `items`: [events] their numbers; what is left stands at their beginning
 * afterwards. Gives the events that each user and item keeps, by its number; 0 = it is left out.
 */
export function coreOf(
  { users, items }: { users: Int32Array; items: Int32Array },
  k: number,
  onRound: (round: number, events: number) => void,
): { users: Int32Array; items: Int32Array } {
  const ofUser = new Int32Array(numbersIn(users));
  const ofItem = new Int32Array(numbersIn(items));
  let [left, before] = [users.length, -1];
  for (let round = 1; left !== before; round++) {
    onRound(round, left);
    ofUser.fill(0);
    ofItem.fill(0);
    for (let at = 0; at < left; at++) {
      ofUser[users[at]]++;
      ofItem[items[at]]++;
    }
    before = left;
    left = 0;
    for (let at = 0; at < before; at++) {
      const [user, item] = [users[at], items[at]];
      if (ofUser[user] < k || ofItem[item] < k) continue;
      users[left] = user;
      items[left++] = item;
    }
  }
  return { users: ofUser, items: ofItem };
}

function numbersIn(values: Int32Array): number {
  return values.reduce((most, value) => Math.max(most, value + 1), 0);
}
