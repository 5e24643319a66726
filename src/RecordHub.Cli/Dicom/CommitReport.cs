using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;

namespace RecordHub.Cli.Dicom;

/// <summary>Tells what a peer answers for: a line for a program, what it does not answer for and a sum for a person.</summary>
internal static class CommitReport
{
    /// <summary>The exit code.</summary>
    public static int Tell(CommandOutput output, IReadOnlyList<CommittedInstance> instances)
    {
        int committed = instances.Count(instance => instance.Committed);
        foreach (CommittedInstance instance in instances)
        {
            if (output.IsJson)
            {
                output.Json(instance, HubJson.Default.CommittedInstance);
            }
            else if (!instance.Committed)
            {
                output.Line($"{(instance.Path.Length > 0 ? instance.Path : instance.SopInstanceUid)}: {instance.Reason}");
            }
        }

        output.Line($"{committed} committed by the peer, {instances.Count - committed} not.");
        return committed == instances.Count ? ExitCodes.Done : committed > 0 ? ExitCodes.Attention : ExitCodes.Failed;
    }
}
