import { openCustomerLog } from '../../orchestrator/serving/events/customer-log.ts';

// A process that appends events without end, and says which are kept.
const log = openCustomerLog(process.argv[2], () => {});
for (let at = 0; ; at++) {
  const item = `there-${at}`;
  await log.append([{ user: 'ben', item, time: at, eventId: item }]);
  process.stdout.write(`${item}\n`);
}
