using NUnit.Framework;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Tests.Cases;

public sealed class CaseTransitionTests
{
    // A line for each state: what deliver, close, decline, cancel and reopen make of it. '-' is refused, '=' stays.
    private const string Table =
        """
        draft             -          -             declined  cancelled  =
        submitted         -          -             declined  cancelled  =
        returned          -          -             declined  cancelled  =
        compiling         -          -             declined  cancelled  =
        awaiting-records  -          -             declined  cancelled  =
        ready-for-review  delivered  -             declined  cancelled  =
        in-review         delivered  -             declined  cancelled  =
        more-info         delivered  -             declined  cancelled  =
        opinion-final     delivered  -             -         cancelled  =
        delivered         =          acknowledged  -         -          open
        acknowledged      -          =             -         -          open
        declined          -          -             =         -          open
        cancelled         -          -             -         =          open
        failed            -          -             declined  cancelled  open
        purged            -          -             -         -          -
        """;

    private static IEnumerable<TestCaseData> Cells() =>
        from line in Table.Split('\n')
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from move in Enum.GetValues<CaseMove>()
        select new TestCaseData(cells[0], move, cells[1 + (int)move]);

    [TestCaseSource(nameof(Cells))]
    public void A_case_goes_where_the_table_says(string status, CaseMove move, string becomes)
    {
        CaseTransition transition = CaseTransition.Of(status, move, hasPackage: false);
        string said = transition switch
        {
            CaseTransition.To to => to.Status == CaseStatus.Compiling ? "open" : to.Status,
            CaseTransition.Stays => "=",
            CaseTransition.Refused refused => refused is { Error.Length: > 10, Advice.Length: > 10 } ? "-" : "no reason",
            _ => "?",
        };

        Assert.That(said, Is.EqualTo(becomes));
    }

    [Test]
    public void One_that_is_reopened_with_a_package_is_with_the_specialist_again() => Assert.That(
        CaseTransition.Of(CaseStatus.Declined, CaseMove.Reopen, hasPackage: true),
        Is.EqualTo(new CaseTransition.To(CaseStatus.ReadyForReview)));
}
