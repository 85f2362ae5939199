"""What every door is built with: the gate, pages whole or part, words for times and names."""
