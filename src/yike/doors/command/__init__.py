"""The director's door: figures and a map that open down to the orders behind them."""
