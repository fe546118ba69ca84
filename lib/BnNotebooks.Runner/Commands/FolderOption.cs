using System.CommandLine.Parsing;

namespace BnNotebooks.Runner.Commands;

/// <summary>An option that names a folder.</summary>
static class FolderOption
{
    public static string? Parse(ArgumentResult result)
    {
        if (result.Tokens.Single().Value is var text && !string.IsNullOrWhiteSpace(text))
            return text;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} needs the path of a folder, not \"{text}\".");
        return null;
    }
}
