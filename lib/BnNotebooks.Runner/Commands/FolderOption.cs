using System.CommandLine;
using System.CommandLine.Parsing;
using BnNotebooks.Runner.Execution;

namespace BnNotebooks.Runner.Commands;

/// <summary>An option that names a folder.</summary>
static class FolderOption
{
    /// <summary>An option with a default.</summary>
    public static Option<string> Create(string name, string description, string byDefault) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = Parse,
    };

    /// <summary><c>--notebooks</c>.</summary>
    public static Option<string> Notebooks() => Create("--notebooks", "Where the notebooks are.", RunOptions.Default.Folder);

    static string? Parse(ArgumentResult result)
    {
        if (result.Tokens.Single().Value is var text && !string.IsNullOrWhiteSpace(text))
            return text;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} needs the path of a folder, not \"{text}\".");
        return null;
    }
}
