// Settings of `evaluate`.
import { decimal, list, setting } from './setting.ts';

export const EVALUATE_SETTINGS = {
  evaluateThreshold: setting({
    flag: '--threshold <score>',
    description: 'threshold to judge by (the one that the scores name unless told)',
    schema: decimal(0, 1).optional(),
    commands: ['evaluate'],
  }),
  failUnder: setting({
    flag: '--fail-under <list>',
    description: 'exit with 1 where a figure is lower, e.g. auc=0.97,ap=0.75,recall@0.8=0.7',
    schema: list.optional(),
    commands: ['evaluate'],
  }),
};
