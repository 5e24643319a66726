using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub token</c>.</summary>
internal static class TokenCommands
{
    public static Command Create() => HubCommand.Described(
        "token", "Make and revoke the tokens that programs and people come in with", "token list",
        TokenCreateCommand.Create(), TokenListCommand.Create(), TokenRevokeCommand.Create(), TokenClientCommands.Create());
}
