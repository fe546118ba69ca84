using System.CommandLine;
using BnNotebooks.Runner.Execution;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>host</c>: the process of one notebook. Started by <c>run</c>, never by hand, so it is not listed.</summary>
static class HostCommand
{
    public static Command Create()
    {
        var requests = new Argument<string>("requests");
        var messages = new Argument<string>("messages");
        var command = new Command("host") { requests, messages };
        command.Hidden = true;
        command.SetAction(parsed => NotebookHost.Serve(parsed.GetValue(requests)!, parsed.GetValue(messages)!));
        return command;
    }
}
