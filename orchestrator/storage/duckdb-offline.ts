/** Options of every DuckDB that is opened here: no query fetches code from the network, or loads what lies about. */
export const duckDBOffline = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};
