using System.CommandLine;
using RecordHub.Cli.Hub;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub logout</c>.</summary>
internal static class LogoutCommand
{
    public static Command Create()
    {
        Command command = HubCommand.Described(
            "logout", "Forget the service and the token that 'recordhub login' has kept; the token itself stays valid", "logout");
        command.SetAction(parsed =>
        {
            CommandContext context = new(parsed);
            context.Output.Line(Profile.Remove()
                ? "Logged out. The token is valid until it is revoked: 'recordhub token revoke'."
                : "Nobody was logged in.");
            return ExitCodes.Done;
        });
        return command;
    }
}
