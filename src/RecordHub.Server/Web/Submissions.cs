using RecordHub.Core.Intake;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Web;

/// <summary>Sends something through the one door and waits a while to hear what became of it.</summary>
internal sealed class Submissions(IntakeDoor intake, PipelineWaiter pipeline)
{
    /// <param name="content">The bytes; read once, to their end.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="wait">How long to wait for their filing.</param>
    /// <param name="cancellationToken">The client has gone; what was kept is filed all the same.</param>
    public async Task<Submission> SubmitAsync(
        Stream content, Source source, TimeSpan wait, CancellationToken cancellationToken)
    {
        Submission submission = new(await intake.AcceptAsync(content, source, cancellationToken), []);
        return submission.Item is { } item
            ? submission with { Records = await pipeline.WaitAsync(item, wait, cancellationToken) }
            : submission;
    }
}
