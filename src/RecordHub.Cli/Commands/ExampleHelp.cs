using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RecordHub.Cli.Commands;

/// <summary>The usual help, and an example below it.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction usual)
            {
                option.Action = new ExampleHelp(usual);
            }
        }
    }

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        int result = usual.Invoke(parseResult);
        string example = parseResult.CommandResult.Command is ExampleCommand command ? command.Example : "demo --exit";
        parseResult.InvocationConfiguration.Output.WriteLine("Example:");
        parseResult.InvocationConfiguration.Output.WriteLine($"  recordhub {example}");
        return result;
    }
}
