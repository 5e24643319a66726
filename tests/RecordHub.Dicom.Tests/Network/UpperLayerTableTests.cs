using NUnit.Framework;
using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>PS3.8 Table 9-10, copied cell by cell and compared with the switch.</summary>
public sealed class UpperLayerTableTests
{
    // Rows: events 1 to 19. Columns: states 1 to 13. "-" is an empty cell.
    private static readonly string[] s_table =
    [
        "AE1/4 -      -      -     -      -      -      -      -      -       -      -      -",
        "-     -      -      AE2/5 -      -      -      -      -      -       -      -      -",
        "-     AA1/13 AA8/13 -     AE3/6  AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "-     AA1/13 AA8/13 -     AE4/1  AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "AE5/2 -      -      -     -      -      -      -      -      -       -      -      -",
        "-     AE6/3  AA8/13 -     AA8/13 AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA7/13",
        "-     -      AE7/6  -     -      -      -      -      -      -       -      -      -",
        "-     -      AE8/13 -     -      -      -      -      -      -       -      -      -",
        "-     -      -      -     -      DT1/6  -      AR7/8  -      -       -      -      -",
        "-     AA1/13 AA8/13 -     AA8/13 DT2/6  AR6/7  AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "-     -      -      -     -      AR1/7  -      -      -      -       -      -      -",
        "-     AA1/13 AA8/13 -     AA8/13 AR2/8  AR8/9  AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "-     AA1/13 AA8/13 -     AA8/13 AA8/13 AR3/1  AA8/13 AA8/13 AR10/12 AR3/1  AA8/13 AA6/13",
        "-     -      -      -     -      -      -      AR4/13 AR9/11 -       -      AR4/13 -",
        "-     -      AA1/13 AA2/1 AA1/13 AA1/13 AA1/13 AA1/13 AA1/13 AA1/13  AA1/13 AA1/13 -",
        "-     AA2/1  AA3/1  -     AA3/1  AA3/1  AA3/1  AA3/1  AA3/1  AA3/1   AA3/1  AA3/1  AA2/1",
        "-     AA5/1  AA4/1  AA4/1 AA4/1  AA4/1  AA4/1  AA4/1  AA4/1  AA4/1   AA4/1  AA4/1  AR5/1",
        "-     AA2/1  -      -     -      -      -      -      -      -       -      -      AA2/1",
        "-     AA1/13 AA8/13 -     AA8/13 AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA7/13",
    ];

    [Test]
    public void Every_cell_is_the_standards()
    {
        Assert.Multiple(() =>
        {
            for (int happened = 1; happened <= 19; happened++)
            {
                string[] row = s_table[happened - 1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                Assert.That(row, Has.Length.EqualTo(13));
                for (int state = 1; state <= 13; state++)
                {
                    Assert.That(
                        Cell((UpperLayerState)state, (UpperLayerEvent)happened), Is.EqualTo(row[state - 1]),
                        $"event {happened} in state {state}");
                }
            }
        });
    }

    [Test]
    public void A_release_collision_goes_the_acceptors_way_for_the_acceptor()
    {
        (UpperLayerAction action, UpperLayerState next) = UpperLayerTable.On(
            UpperLayerState.AwaitingRelease, UpperLayerEvent.ReleaseRequestReceived, isRequestor: false);

        Assert.That((action, next), Is.EqualTo((UpperLayerAction.Ar8, UpperLayerState.CollisionAcceptorPeer)));
    }

    private static string Cell(UpperLayerState state, UpperLayerEvent happened)
    {
        try
        {
            (UpperLayerAction action, UpperLayerState next) = UpperLayerTable.On(state, happened, isRequestor: true);
            return $"{action.ToString().ToUpperInvariant()}/{(int)next}";
        }
        catch (InvalidOperationException)
        {
            return "-";
        }
    }
}
