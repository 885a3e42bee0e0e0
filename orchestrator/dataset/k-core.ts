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
  const ofUser = countsOf(users);
  const ofItem = countsOf(items);
  let [left, before] = [users.length, -1];
  for (let round = 1; left !== before; round++) {
    onRound(round, left);
    before = left;
    left = 0;
    for (let at = 0; at < before; at++) {
      const [user, item] = [users[at], items[at]];
      if (ofUser[user] < k || ofItem[item] < k) {
        ofUser[user]--;
        ofItem[item]--;
      } else {
        users[left] = user;
        items[left++] = item;
      }
    }
  }
  return { users: ofUser, items: ofItem };
}

function countsOf(numbers: Int32Array): Int32Array {
  const counts = new Int32Array(numbers.reduce((most, number) => Math.max(most, number + 1), 0));
  for (const number of numbers) counts[number]++;
  return counts;
}
