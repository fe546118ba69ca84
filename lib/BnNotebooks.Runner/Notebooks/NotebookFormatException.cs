namespace BnNotebooks.Runner.Notebooks;

/// <summary>A file that should be a notebook is not one. The message says what is wrong with it.</summary>
public sealed class NotebookFormatException(string message, Exception? inner = null) : Exception(message, inner);
