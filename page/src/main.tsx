import { render } from 'preact';
import { Shell } from './shell/shell.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import './styles/items.css';
import './styles/talk.css';
import './styles/ask.css';
import './styles/shop.css';
import './styles/product.css';
import './styles/runs.css';
import './styles/explore.css';
import './styles/compose.css';

render(<Shell />, document.getElementById('page')!);
