import { benchSubscribers, defaultSubscribersBench } from "./benchSubscribers.ts";

const { subscribers, changes } = defaultSubscribersBench;
const [asked = String(subscribers)] = process.argv.slice(2);
console.log(JSON.stringify(await benchSubscribers({ subscribers: Number(asked), changes }), null, 2));
