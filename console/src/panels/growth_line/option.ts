// A figure over time: a line, or bars from zero for amounts. Missing periods are gaps. Pure.
import type { EChartsCoreOption } from 'echarts/core';
import type { FigureAnswer } from '../../api/types';
import { axisLabel } from '../../lib/period';

export interface Theme { ink: string; ink2: string; line: string; panel: string; leaf: string; bark: string; font: string }
export interface LineInput { figures: FigureAnswer[]; shown: (figure: FigureAnswer) => string; isBars: boolean; theme: Theme }

// For the height of a mark alone; what is read is the decimal string.
export function heightOf(figure: FigureAnswer): number | null {
  return figure.value === null || !/^-?\d+(\.\d+)?$/.test(figure.value) ? null : Number(figure.value);
}

function scaleOf(figures: FigureAnswer[]): { divisor: number; unit: string } {
  const first = figures.find((one) => one.value !== null);
  if (!first || first.unit !== 'CNY') return { divisor: 1, unit: first?.unit === 'percent' ? '%' : '' };
  const largest = Math.max(...figures.map((one) => Math.abs(heightOf(one) ?? 0)));
  if (largest >= 1e8) return { divisor: 1e8, unit: '亿元' };
  return largest >= 1e4 ? { divisor: 1e4, unit: '万元' } : { divisor: 1, unit: '元' };
}

export function lineOption({ figures, shown, isBars, theme }: LineInput): EChartsCoreOption {
  const { divisor, unit } = scaleOf(figures);
  const heights = figures.map((one) => {
    const height = heightOf(one);
    return height === null ? null : height / divisor;
  });
  const last = heights.reduce((found, height, index) => (height === null ? found : index), -1);
  return {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 8, right: 56, top: 32, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'axis', renderMode: 'richText', backgroundColor: theme.panel, borderColor: theme.line, textStyle: { color: theme.ink },
      formatter: (points: { dataIndex: number }[]) => {
        const figure = figures[points[0]?.dataIndex ?? -1];
        return figure ? `${figure.period_title?.zh ?? figure.period}\n${shown(figure)}` : '';
      },
    },
    xAxis: {
      type: 'category', data: figures.map((one) => axisLabel(one.period)), axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.line } }, axisLabel: { color: theme.ink2 },
    },
    yAxis: {
      type: 'value', name: unit, nameTextStyle: { color: theme.ink2, align: 'right' }, scale: !isBars,
      splitLine: { lineStyle: { color: theme.line } }, axisLabel: { color: theme.ink2 },
    },
    series: [{
      type: isBars ? 'bar' : 'line', data: heights.map((height, index) => (index === last && height !== null
        ? { value: height, label: { show: true, position: isBars ? 'top' : 'right', color: theme.ink, formatter: shown(figures[index]!) } } : height)),
      itemStyle: { color: theme.leaf }, lineStyle: { color: theme.leaf, width: 2 }, symbol: 'circle', symbolSize: 6, connectNulls: false, barMaxWidth: 24, cursor: 'pointer',
    }],
  };
}
