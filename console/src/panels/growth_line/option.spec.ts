import { expect, test } from 'vitest';
import type { FigureAnswer } from '../../api/types';
import { lineOption } from './option';

const theme = { ink: '#1', ink2: '#2', line: '#3', panel: '#4', leaf: '#5', bark: '#6', font: 'f' };
function figure(period: string, value: string | null, unit = 'CNY'): FigureAnswer {
  return {
    figure: '', zone: 'z', indicator: 'i', period, period_title: { zh: period, en: period }, comparison: 'level', status: value ? 'value' : 'no_records',
    value, unit, unit_title: { zh: '元', en: 'yuan' }, synthetic: false, position: 1,
  };
}
type Drawn = { xAxis: { data: string[] }; yAxis: { name: string; scale: boolean }; series: { type: string; data: unknown[]; connectNulls: boolean }[] };

test('a missing period is a gap and amounts stand on zero', () => {
  const option = lineOption({ figures: [figure('2024-01', '200000000'), figure('2024-02', null), figure('2024-03', '300000000')], shown: (f) => `${f.value}`, isBars: true, theme }) as unknown as Drawn;
  expect(option.xAxis.data).toEqual(['24.01', '24.02', '24.03']);
  expect(option.yAxis).toMatchObject({ name: '亿元', scale: false });
  expect(option.series[0]!.connectNulls).toBe(false);
  expect(option.series[0]!.data.slice(0, 2)).toEqual([2, null]);
  expect(option.series[0]!.data[2]).toMatchObject({ value: 3, label: { formatter: '300000000' } });
});

test('rates are a line with their unit', () => {
  const option = lineOption({ figures: [figure('2024-01', '19.8', 'percent')], shown: () => '19.8%', isBars: false, theme }) as unknown as Drawn;
  expect([option.series[0]!.type, option.yAxis.name]).toEqual(['line', '%']);
});
