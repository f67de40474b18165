import { entry } from '../lib/entry.ts';
import { parseScan } from '../lib/events/scan.ts';
import { applyScan } from '../lib/flows/apply-scan.ts';
import { wireApplyScan } from '../lib/wire.ts';

const needs = wireApplyScan();

/** EventBridge, aws.ecr "ECR Image Scan", aws.inspector2 "Inspector2 Scan" and "Inspector2 Finding". */
export const handler = entry(async (event, moment) => applyScan(parseScan(event), needs, moment), needs.budget);
