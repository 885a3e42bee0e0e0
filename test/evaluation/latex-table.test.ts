import test from 'ava';
import { latexTable } from '../../orchestrator/evaluation/latex-table.ts';

test('a table for LaTeX keeps every sign', (t) => {
  t.is(
    latexTable(
      ['method', 'recall@10'],
      1,
      [
        ['**two_streams** & 50%', '.0815 ± .0012 (−.0010 to +.0020; p < .001)'],
        ['`a_{b}` | c\\d', '.08–.09'],
      ],
      ['test split'],
    ),
    `\\begin{tabular}{lr}
\\toprule
method & recall@10 \\\\
\\midrule
\\textbf{two\\_streams} \\& 50\\% & .0815 $\\pm$ .0012 ($-$.0010 to +.0020; p $<$ .001) \\\\
\\texttt{a\\_\\{b\\}} $|$ c\\textbackslash{}d & .08--.09 \\\\
\\bottomrule
\\end{tabular}
% test split`,
  );
});
