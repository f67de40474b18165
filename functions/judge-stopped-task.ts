import { wireJudgeStoppedTask } from '../lib/wire.ts';
import { entry } from '../lib/entry.ts';
import { parseStoppedTask } from '../lib/events/stopped-task.ts';
import { judgeStoppedTask } from '../lib/flows/judge-stopped-task.ts';

const needs = wireJudgeStoppedTask();

/** EventBridge, aws.ecs "ECS Task State Change" with lastStatus STOPPED. */
export const handler = entry(async (event, moment) => judgeStoppedTask(parseStoppedTask(event), needs, moment), needs.budget);
