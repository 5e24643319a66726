using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;

namespace RecordHub.Cli.Dicom;

/// <summary>Tells what fetching from a site came to: a line for each study, and a sum.</summary>
internal sealed class PullReport(CommandOutput output)
{
    private readonly List<PulledLine> _studies = [];

    public void Tell(PulledLine study)
    {
        _studies.Add(study);
        output.Show(study, HubJson.Default.PulledLine, Print);
    }

    /// <summary>Sums up; the exit code.</summary>
    public int End(string site)
    {
        PullSummary sum = new(
            _studies.Count, _studies.Sum(one => one.Found), _studies.Sum(one => one.Here), _studies.Sum(one => one.Fetched),
            _studies.Sum(one => one.Failed.Count), Count(ImportOutcomes.Filed), Count(ImportOutcomes.Held),
            Count(ImportOutcomes.Conflict), Count(ImportOutcomes.Rejected));
        output.Show(new PullSummaryLine(sum), HubJson.Default.PullSummaryLine, _ => output.Line(sum.Studies == 0
            ? $"{site} has nothing that matches."
            : $"{sum.Studies} studies at {site}, {sum.Found} instances: {sum.Fetched} fetched, {sum.Here} already here, {sum.Failed} failed; "
                + $"{sum.Filed} filed, {sum.Held} held, {sum.Conflict} in conflict, {sum.Rejected} rejected."));
        bool failed = sum.Failed > 0 || _studies.Any(one => one.Error is not null);
        if (failed)
        {
            output.Failure(
                "Not everything came: " + _studies
                    .SelectMany(one => one.Failed.Select(failure => failure.Status).Prepend(one.Error)).First(why => why is not null),
                "Correct what it says, then pull again: what is here is not fetched again.");
        }

        return failed && sum.Fetched + sum.Here == 0 ? ExitCodes.Failed
            : failed || sum.Held + sum.Conflict + sum.Rejected > 0 ? ExitCodes.Attention
            : ExitCodes.Done;
    }

    private int Count(string outcome) => _studies.Sum(one => one.Outcomes.GetValueOrDefault(outcome));

    private void Print(PulledLine study)
    {
        string outcomes = string.Join(", ", ImportOutcomes.All.Where(study.Outcomes.ContainsKey)
            .Select(outcome => $"{study.Outcomes[outcome]} {outcome}"));
        output.Line(study.Error is { } error
            ? $"{study.Study}: {error}"
            : $"{study.Study}: {study.Found} found, {study.Fetched} fetched, {study.Here} already here, {study.Failed.Count} failed"
                + (outcomes.Length > 0 ? $"; {outcomes}" : string.Empty));
        foreach (PullFailure failure in study.Failed)
        {
            output.Line($"  {failure.SopInstanceUid}: {failure.Status}");
        }
    }
}
