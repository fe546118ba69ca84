using System.CommandLine;
using BnNotebooks.Runner.Commands;

var command = new RootCommand("Runs the notebooks of this repository without an editor.")
{
    RunCommand.Create(Parts.All),
    ClaimsCommand.Create(Parts.All),
    EvidenceCommand.Create(),
    SiteCommand.Create(),
    PdfCommand.Create(),
    ApiCommand.Create(),
    JupyterCommand.Create(),
    TestCommand.Create(),
    DoctorCommand.Create(),
    HostCommand.Create(),
};
var parsed = command.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
