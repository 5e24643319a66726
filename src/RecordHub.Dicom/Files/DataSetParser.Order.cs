using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <content>Where elements may be: ascending, once, after their creators, in the group of their part.</content>
internal sealed partial class DataSetParser
{
    private const uint TransferSyntaxUid = 0x0002_0010;
    private const uint FileMetaGroupLength = 0x0002_0000;

    private void Order(uint tag, ref ReadFrame frame)
    {
        if (frame.Any && tag <= frame.LastTag)
        {
            int first = frame.Kind == FrameKind.DataSet ? 0 : frame.Row + 1;
            bool twice = (frame.Kind == FrameKind.DataSet || frame.Row >= 0) && _tape.Find(first, tag) >= 0;
            Warn(twice ? ReadTolerance.DuplicateElement : ReadTolerance.OutOfOrder, _position, tag);
            _tape.MarkUnsorted();
        }

        frame.Any = true;
        frame.LastTag = tag;
        DicomTag name = new(tag);
        if (_isFileMeta)
        {
            return;
        }

        if (name.Group is 0 or 2)
        {
            Warn(ReadTolerance.MisplacedGroup, _position, tag);
        }
        else if (name.IsPrivate && name.Element >= 0x1000 && tag >> 8 != frame.KnownBlock)
        {
            int first = frame.Kind == FrameKind.DataSet ? 0 : frame.Row + 1;
            uint creator = (tag & 0xFFFF_0000) | (uint)(name.Element >> 8);
            if ((frame.Kind == FrameKind.DataSet || frame.Row >= 0) && _tape.Find(first, creator) < 0)
            {
                Warn(ReadTolerance.MissingPrivateCreator, _position, tag);
            }

            frame.KnownBlock = tag >> 8;
        }
    }

    private bool EndsFileMeta(uint tag)
    {
        if (tag >> 16 != 2)
        {
            return true;
        }

        // Deflated bytes may look like one more element of group 2: there the declared length decides.
        int declared = _tape.Find(0, FileMetaGroupLength);
        if (declared < 0 || _tape[declared].Length != 4)
        {
            return false;
        }

        long end = _stack[0].Start + LongHeader
            + BinaryPrimitives.ReadUInt32LittleEndian(_tape.Value(_tape[declared].Position, 4));
        int syntax = _tape.Find(0, TransferSyntaxUid);
        return _position == end && syntax >= 0 && FileMetaReader.Syntax(_tape, syntax).IsDeflated;
    }
}
