using System.Collections.Immutable;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>Runs C# cells; each sees the variables, types and usings of those before it.</summary>
public class CSharpKernel : Kernel
{
    // A path makes the compiler write line numbers, which a stack trace then shows as "cell:line 3".
    const string CellPath = "cell";

    ScriptOptions options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp13) // the archived kernel learns no newer one, so no cell may need it
        .WithReferences(FrameworkReferences())
        .AddReferences(typeof(Kernel).Assembly, typeof(Formatter).Assembly, typeof(IHtmlContent).Assembly)
        .WithImports(
            "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks")
        .WithFilePath(CellPath)
        .WithFileEncoding(System.Text.Encoding.UTF8)
        .WithEmitDebugInformation(true);

    /// <summary>A kernel named <c>csharp</c>.</summary>
    public CSharpKernel()
        : this("csharp")
    {
    }

    /// <summary>A kernel of another name.</summary>
    public CSharpKernel(string name)
        : base(name)
    {
    }

    /// <summary>What the cells have made so far, or null before the first.</summary>
    public ScriptState? ScriptState { get; private set; }

    internal void Import(string name) => options = options.AddImports(name);

    internal override async Task HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Enter(this, command);
        context.Publish(new CodeSubmissionReceived(command));
        var script = Create(command.Code);
        var tree = script.GetCompilation().SyntaxTrees.Last(); // those of #load come before it
        context.Publish(SyntaxFactory.IsCompleteSubmission(tree)
            ? new CompleteCodeSubmissionReceived(command)
            : new IncompleteCodeSubmissionReceived(command));

        var diagnostics = script.Compile(context.CancellationToken);
        Report(diagnostics, command, context);
        if (diagnostics.Where(IsError).ToImmutableArray() is { Length: > 0 } errors)
        {
            var message = string.Join(Environment.NewLine, errors.Select(Describe));
            var inner = new CompilationErrorException(message, errors);
            context.Fail(new CodeSubmissionCompilationErrorException(inner), message);
            return;
        }

        ScriptState = ScriptState is null
            ? await script.RunAsync(null, _ => true, context.CancellationToken)
            : await script.RunFromAsync(ScriptState, _ => true, context.CancellationToken);
        if (ScriptState.Exception is { } thrown)
            context.Fail(thrown);
        else if (EndsInAValue(script.GetCompilation(), tree))
            context.Publish(new ReturnValueProduced(
                ScriptState.ReturnValue, command, FormattedValue.CreateManyFromObject(ScriptState.ReturnValue)));
    }

    // Paths in #load and #r are relative to the current directory at the time a cell runs.
    Script<object> Create(string code)
    {
        var here = Directory.GetCurrentDirectory();
        options = options
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(here))
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(here));
        return ScriptState is null ? CSharpScript.Create(code, options) : ScriptState.Script.ContinueWith(code, options);
    }

    static void Report(ImmutableArray<Diagnostic> diagnostics, KernelCommand command, KernelInvocationContext context)
    {
        var texts = diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => new FormattedValue(PlainTextFormatter.MimeType, Describe(diagnostic)))
            .ToArray();
        if (texts.Length > 0)
            context.Publish(new DiagnosticsProduced(texts, command));
    }

    static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    // A place in the cell is written without its path: "(1,9): error CS0029: …".
    static string Describe(Diagnostic diagnostic)
    {
        var text = diagnostic.ToString();
        return text.StartsWith(CellPath + "(", StringComparison.Ordinal) ? text[CellPath.Length..] : text;
    }

    // True for a last expression without a semicolon, unless it is void.
    static bool EndsInAValue(Compilation compilation, SyntaxTree tree) =>
        ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true, Expression: var expression },
        }
        && compilation.GetSemanticModel(tree).GetTypeInfo(expression).ConvertedType is not { SpecialType: SpecialType.System_Void };

    // Cells see the whole framework, but no package: that takes a #r.
    static IEnumerable<MetadataReference> FrameworkReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
