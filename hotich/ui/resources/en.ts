<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="vi">
<context>
    <name>BookSheet</name>
    <message>
        <source>Thêm sổ</source>
        <translation>New register</translation>
    </message>
    <message>
        <source>ví dụ: 01</source>
        <translation>for example: 01</translation>
    </message>
    <message>
        <source>Ủy ban nhân dân xã …, huyện …, tỉnh …</source>
        <translation>People&apos;s Committee of …</translation>
    </message>
    <message>
        <source>ngày/tháng/năm</source>
        <translation>day/month/year</translation>
    </message>
    <message>
        <source>không ghi</source>
        <translation>not given</translation>
    </message>
    <message>
        <source>Loại sổ</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Năm</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Quyển số</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Nơi đăng ký</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Tỉnh, thành phố</source>
        <translation>Province</translation>
    </message>
    <message>
        <source>Mẫu sổ</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Ngày mở sổ</source>
        <translation>Opened on</translation>
    </message>
    <message>
        <source>Ngày khóa sổ</source>
        <translation>Closed on</translation>
    </message>
    <message>
        <source>Số trường hợp ghi khi khóa sổ</source>
        <translation>Entries counted at closing</translation>
    </message>
    <message>
        <source>Để máy nhận ra mẫu</source>
        <translation>Let the machine find the form</translation>
    </message>
</context>
<context>
    <name>BooksView</name>
    <message>
        <source>Danh sách sổ</source>
        <translation>List of registers</translation>
    </message>
    <message>
        <source>Thêm</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Nạp</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Đọc</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Làm tiếp</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Bảng cũ</source>
        <translation>Old sheet</translation>
    </message>
    <message>
        <source>Mở kho thực hành</source>
        <translation>Practice workspace</translation>
    </message>
    <message>
        <source>Loại sổ</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Năm</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Quyển</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Nơi đăng ký</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Trang</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Tiến độ</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>Người làm</source>
        <translation>People</translation>
    </message>
    <message>
        <source> (thực hành)</source>
        <translation> (practice)</translation>
    </message>
</context>
<context>
    <name>CarouselView</name>
    <message>
        <source>Ảnh của ô đang duyệt</source>
        <translation>Pictures of the field in hand</translation>
    </message>
    <message>
        <source>Mọi sổ cùng loại ({0})</source>
        <translation>All registers of the kind ({0})</translation>
    </message>
    <message>
        <source>Xong {0} / {1}, còn {2}</source>
        <translation>Done {0} / {1}, {2} left</translation>
    </message>
    <message>
        <source>Đang xếp các ảnh của ô này…</source>
        <translation>Sorting the pictures of this field…</translation>
    </message>
    <message>
        <source>Số {0}</source>
        <translation>No. {0}</translation>
    </message>
    <message>
        <source>không nhận cùng trang</source>
        <translation>not confirmed with its page</translation>
    </message>
    <message>
        <source>{0} ảnh, còn {1}</source>
        <translation>{0} pictures, {1} left</translation>
    </message>
    <message>
        <source>không có ảnh</source>
        <translation>no picture</translation>
    </message>
    <message>
        <source>Nội dung của ảnh</source>
        <translation>Text of the picture</translation>
    </message>
    <message>
        <source>Ô cần duyệt</source>
        <translation>Field in hand</translation>
    </message>
    <message>
        <source>Hiện những ảnh nào</source>
        <translation>Which pictures to show</translation>
    </message>
    <message>
        <source>Còn mở</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Đáng ngờ</source>
        <translation>Doubtful</translation>
    </message>
    <message>
        <source>Tất cả</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Mọi sổ cùng loại</source>
        <translation>All registers of the kind</translation>
    </message>
    <message>
        <source>Ô ({0})</source>
        <translation>Field ({0})</translation>
    </message>
    <message>
        <source>Hiện ({0})</source>
        <translation>Show ({0})</translation>
    </message>
    <message>
        <source>Ảnh đang chọn, phóng to</source>
        <translation>The picture in hand, enlarged</translation>
    </message>
    <message>
        <source>Nhận cả trang</source>
        <translation>Confirm the page</translation>
    </message>
    <message>
        <source>Không nhận</source>
        <translation>Leave out</translation>
    </message>
    <message>
        <source>Để trống</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Không đọc được</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <source>Đến ô</source>
        <translation>Go to the field</translation>
    </message>
    <message>
        <source>Hoàn tác</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>CatchSheet</name>
    <message>
        <source>Phím mới</source>
        <translation>New keys</translation>
    </message>
    <message>
        <source>Nhấn phím mới cho «{0}». Tab rồi Enter: nhận; Esc: bỏ.</source>
        <translation>Press the new keys for «{0}». Tab, then Enter: take them; Esc: give up.</translation>
    </message>
</context>
<context>
    <name>CheckSheet</name>
    <message>
        <source>Kiểm tra trích lục</source>
        <translation>Check an extract</translation>
    </message>
    <message>
        <source>Tệp PDF, ảnh chụp tờ giấy, hoặc chữ đọc được từ mã QR:</source>
        <translation>A PDF, a photograph of the sheet, or the text of the QR code:</translation>
    </message>
    <message>
        <source>Tệp hoặc chữ của mã QR</source>
        <translation>File, or text of the QR code</translation>
    </message>
    <message>
        <source>Đang kiểm tra…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>Chọn…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>Kiểm tra</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>Trích lục (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic)</source>
        <translation>Extracts (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic)</translation>
    </message>
</context>
<context>
    <name>DisplaySheet</name>
    <message>
        <source>Hiển thị</source>
        <translation>Display</translation>
    </message>
    <message>
        <source>Sáng</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Tối</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Tương phản cao</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>Hiện số bản ghi, số ô của buổi này (chỉ mình tôi thấy)</source>
        <translation>Show the records and fields of this session (seen by me only)</translation>
    </message>
    <message>
        <source>Học nét chữ của sổ trong lúc nhập</source>
        <translation>Learn the handwriting of the book while entering</translation>
    </message>
    <message>
        <source>Màu</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>Cỡ chữ</source>
        <translation>Type size</translation>
    </message>
    <message>
        <source>Ngôn ngữ</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Nhận phần còn lại ({0}) từ</source>
        <translation>Accept the rest ({0}) from</translation>
    </message>
    <message>
        <source>Độ tin cậy để nhận phần còn lại của bản ghi</source>
        <translation>Certainty for accepting the rest of a record</translation>
    </message>
</context>
<context>
    <name>EntryScreenView</name>
    <message>
        <source>Ảnh trang</source>
        <translation>Picture of the page</translation>
    </message>
    <message>
        <source>Các ô của bản ghi</source>
        <translation>Fields of the record</translation>
    </message>
    <message>
        <source>Bản ghi {0}/{1}</source>
        <translation>Record {0}/{1}</translation>
    </message>
    <message>
        <source>còn {0} ô</source>
        <translation>{0} fields open</translation>
    </message>
    <message>
        <source>đủ các ô</source>
        <translation>complete</translation>
    </message>
    <message>
        <source>Mũi tên: dời khung. Shift+mũi tên: đổi cỡ. Enter: giữ. Esc: bỏ.</source>
        <translation>Arrows move the box, Shift and arrows size it. Enter keeps, Esc gives up.</translation>
    </message>
    <message>
        <source>Nhận phần còn lại</source>
        <translation>Accept the rest</translation>
    </message>
    <message>
        <source>Để trống</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Không đọc được</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <source>Ảnh gốc/sạch</source>
        <translation>Original/cleaned</translation>
    </message>
    <message>
        <source>Chỉnh khung</source>
        <translation>Move box</translation>
    </message>
    <message>
        <source>Vẫn nhận</source>
        <translation>Accept anyway</translation>
    </message>
    <message>
        <source>Hoàn tác</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Không có bản ghi</source>
        <translation>No record</translation>
    </message>
    <message>
        <source>Chuyển kiểm tra</source>
        <translation>Hand over</translation>
    </message>
</context>
<context>
    <name>ExportView</name>
    <message>
        <source>Kết quả kiểm tra trước khi xuất</source>
        <translation>Findings of the pre-check</translation>
    </message>
    <message>
        <source>Các lần đã xuất</source>
        <translation>Exports so far</translation>
    </message>
    <message>
        <source>Thư mục</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>Chọn</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>Xuất</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Kiểm tra gói</source>
        <translation>Verify package</translation>
    </message>
    <message>
        <source>Xuất gì</source>
        <translation>What leaves</translation>
    </message>
    <message>
        <source>Mẫu Excel</source>
        <translation>Excel template</translation>
    </message>
    <message>
        <source>Enter: đến ô. Alt+←: trở lại danh sách này.</source>
        <translation>Enter: go to the field. Alt+←: back to this list.</translation>
    </message>
    <message>
        <source>Mẫu</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>Mẫu của tỉnh</source>
        <translation>Province’s template</translation>
    </message>
    <message>
        <source>Thư mục để ghi</source>
        <translation>Folder to write to</translation>
    </message>
    <message>
        <source>Mở thư mục vừa ghi</source>
        <translation>Open the folder just written</translation>
    </message>
    <message>
        <source>Ký bằng gì</source>
        <translation>What to sign with</translation>
    </message>
    <message>
        <source>Nhận lỗi trả về</source>
        <translation>Take in refusals</translation>
    </message>
    <message>
        <source>Gói HoTich (*.hotich.zip *.locked)</source>
        <translation>HoTich packages (*.hotich.zip *.locked)</translation>
    </message>
    <message>
        <source>Mẫu Excel (*.xlsx)</source>
        <translation>Excel templates (*.xlsx)</translation>
    </message>
    <message>
        <source>Mức</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>Bản ghi</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Ô</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Nội dung</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>Lúc</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Loại</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Lần</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Tệp</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Người xuất</source>
        <translation>Exported by</translation>
    </message>
</context>
<context>
    <name>ExtractSheet</name>
    <message>
        <source>Trích lục</source>
        <translation>Extract</translation>
    </message>
    <message>
        <source>Kèm ảnh mục sổ</source>
        <translation>With the picture of the entry</translation>
    </message>
    <message>
        <source>Tờ {0} trên {1}</source>
        <translation>Sheet {0} of {1}</translation>
    </message>
    <message>
        <source>Trích lục số {0}</source>
        <translation>Extract no. {0}</translation>
    </message>
    <message>
        <source>Các tờ của trích lục</source>
        <translation>Sheets of the extract</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>Lưu PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>Cấp cho</source>
        <translation>Issued to</translation>
    </message>
    <message>
        <source>Mục đích</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>Số bản</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>Cơ quan cấp</source>
        <translation>Issuing office</translation>
    </message>
    <message>
        <source>Nơi ghi trước ngày</source>
        <translation>Place before the date</translation>
    </message>
    <message>
        <source>Người ký</source>
        <translation>Signer</translation>
    </message>
    <message>
        <source>Chức vụ người ký</source>
        <translation>Office of the signer</translation>
    </message>
    <message>
        <source>Tệp PDF</source>
        <translation>PDF file</translation>
    </message>
    <message>
        <source>Chọn…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>Chọn tệp PDF</source>
        <translation>Choose a PDF file</translation>
    </message>
    <message>
        <source>Tệp PDF (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
</context>
<context>
    <name>FilterSheet</name>
    <message>
        <source>Lọc: {0}</source>
        <translation>Filter: {0}</translation>
    </message>
    <message>
        <source>Chứa các chữ</source>
        <translation>With these letters</translation>
    </message>
    <message>
        <source>Các giá trị</source>
        <translation>Values</translation>
    </message>
    <message>
        <source>{0}  ({1})</source>
        <translation>{0}  ({1})</translation>
    </message>
    <message>
        <source>(trống)</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <source>Chứa các chữ (không cần dấu)</source>
        <translation>With these letters (marks do not matter)</translation>
    </message>
    <message>
        <source>Chọn/bỏ tất cả</source>
        <translation>All / none</translation>
    </message>
    <message>
        <source>Xếp A → Z</source>
        <translation>Sort A → Z</translation>
    </message>
    <message>
        <source>Xếp Z → A</source>
        <translation>Sort Z → A</translation>
    </message>
    <message>
        <source>Thứ tự sổ</source>
        <translation>Order of the register</translation>
    </message>
</context>
<context>
    <name>FindSheet</name>
    <message>
        <source>Tìm bản ghi</source>
        <translation>Find a record</translation>
    </message>
    <message>
        <source>Số đăng ký hoặc họ tên, không cần dấu</source>
        <translation>Entry number or name, marks not needed</translation>
    </message>
    <message>
        <source>Các bản ghi tìm thấy</source>
        <translation>Records found</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Giúp</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Phím</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Việc</source>
        <translation>What it does</translation>
    </message>
    <message>
        <source>## Phím của màn hình này</source>
        <translation>## Keys of this screen</translation>
    </message>
    <message>
        <source>## Phím ở mọi màn hình</source>
        <translation>## Keys on every screen</translation>
    </message>
    <message>
        <source>Hướng dẫn</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>Đổi phím</source>
        <translation>Change keys</translation>
    </message>
    <message>
        <source>Năm điều cần biết</source>
        <translation>Five things to know</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Đổi phím tắt</source>
        <translation>Change the shortcuts</translation>
    </message>
    <message>
        <source>Tìm phím hoặc việc</source>
        <translation>Find keys or what they do</translation>
    </message>
    <message>
        <source>Màn hình</source>
        <translation>Screen</translation>
    </message>
    <message>
        <source>Việc</source>
        <translation>What it does</translation>
    </message>
    <message>
        <source>Phím</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Các phím tắt</source>
        <translation>Shortcuts</translation>
    </message>
    <message>
        <source>Enter: đổi phím của dòng đang chọn. Dấu * là phím đã đổi.</source>
        <translation>Enter: change the keys of the chosen line. * marks changed keys.</translation>
    </message>
    <message>
        <source>Đổi phím…</source>
        <translation>Change keys…</translation>
    </message>
    <message>
        <source>Trả phím này về như cũ</source>
        <translation>Reset this one</translation>
    </message>
    <message>
        <source>Trả tất cả về như cũ</source>
        <translation>Reset all</translation>
    </message>
</context>
<context>
    <name>LockSheet</name>
    <message>
        <source>Mật khẩu</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Ít nhất {0} ký tự</source>
        <translation>At least {0} letters</translation>
    </message>
    <message>
        <source>Gõ lại mật khẩu</source>
        <translation>Passphrase once more</translation>
    </message>
    <message>
        <source>Chứng thư của nơi nhận</source>
        <translation>Certificate of the recipient</translation>
    </message>
    <message>
        <source>Lý do không khóa</source>
        <translation>Reason for not locking</translation>
    </message>
    <message>
        <source>Hai lần gõ mật khẩu khác nhau.</source>
        <translation>The two passphrases differ.</translation>
    </message>
    <message>
        <source>Mật khẩu cần ít nhất {0} ký tự.</source>
        <translation>The passphrase needs at least {0} letters.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Gõ: {0}</source>
        <translation>Typing: {0}</translation>
    </message>
    <message>
        <source>Cách gõ tiếng Việt: {0}</source>
        <translation>Typing Vietnamese: {0}</translation>
    </message>
    <message>
        <source>Màn hình</source>
        <translation>Screens</translation>
    </message>
    <message>
        <source>Giúp ({0})</source>
        <translation>Help ({0})</translation>
    </message>
    <message>
        <source>Giúp</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>{0} · quyển {1} · năm {2} · {3}</source>
        <translation>{0} · number {1} · year {2} · {3}</translation>
    </message>
    <message>
        <source>THỰC HÀNH</source>
        <translation>PRACTICE</translation>
    </message>
    <message>
        <source>Chưa rõ ai làm</source>
        <translation>Nobody named</translation>
    </message>
    <message>
        <source>Người làm: {0}</source>
        <translation>At work: {0}</translation>
    </message>
    <message>
        <source>Sổ hộ tịch</source>
        <translation>Registers</translation>
    </message>
    <message>
        <source>Trang</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Nhập liệu</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>Kiểm tra</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>Xuất dữ liệu</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Duyệt nhanh</source>
        <translation>Quick review</translation>
    </message>
    <message>
        <source>Bảng</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>Tra cứu</source>
        <translation>Search</translation>
    </message>
</context>
<context>
    <name>NotesSheet</name>
    <message>
        <source>Ghi chú bên lề</source>
        <translation>Margin notes</translation>
    </message>
    <message>
        <source>Ghi chú đã nhập</source>
        <translation>Notes entered</translation>
    </message>
    <message>
        <source>Loại thay đổi</source>
        <translation>Kind of change</translation>
    </message>
    <message>
        <source>Ngày, như trên giấy</source>
        <translation>Date, as on the page</translation>
    </message>
    <message>
        <source>Nội dung, như trên giấy</source>
        <translation>Text, as on the page</translation>
    </message>
    <message>
        <source>Ngày</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Nội dung</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Thêm</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Bỏ dòng đang chọn</source>
        <translation>Remove the chosen line</translation>
    </message>
</context>
<context>
    <name>OldSheetSheet</name>
    <message>
        <source>Bảng tính đã nhập trước đây</source>
        <translation>Sheet keyed earlier</translation>
    </message>
    <message>
        <source>Các cột của bảng tính</source>
        <translation>Columns of the sheet</translation>
    </message>
    <message>
        <source>Các dòng và bản ghi cần xem</source>
        <translation>Rows and records to look at</translation>
    </message>
    <message>
        <source>Nhận cả các dòng chưa chắc</source>
        <translation>Take in doubtful rows too</translation>
    </message>
    <message>
        <source>Nội dung bảng tính chỉ thành gợi ý, từng ô vẫn chờ người so với giấy.</source>
        <translation>The sheet only gives suggestions; every field still waits for a look at the paper.</translation>
    </message>
    <message>
        <source>Xem từng cột: nội dung đúng chưa, ba dòng mẫu bên phải mũi tên đọc có đúng không.</source>
        <translation>Look at each column: what it holds, and whether the three rows right of the arrow read well.</translation>
    </message>
    <message>
        <source>Đang xem…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>Tệp bảng tính</source>
        <translation>Sheet file</translation>
    </message>
    <message>
        <source>Tệp .xlsx, .xls, .ods hoặc .csv; gõ đường dẫn rồi Enter, hoặc chọn tệp</source>
        <translation>An .xlsx, .xls, .ods or .csv file; type its path and press Enter, or choose it</translation>
    </message>
    <message>
        <source>Chọn tệp…</source>
        <translation>Choose files…</translation>
    </message>
    <message>
        <source>Trang tính</source>
        <translation>Worksheet</translation>
    </message>
    <message>
        <source>Quay lại các cột</source>
        <translation>Back to the columns</translation>
    </message>
    <message>
        <source>Các cột đúng, tìm bản ghi</source>
        <translation>Columns are right, find records</translation>
    </message>
    <message>
        <source>Nhận vào làm gợi ý</source>
        <translation>Take in as suggestions</translation>
    </message>
    <message>
        <source>Cột này là</source>
        <translation>This column is</translation>
    </message>
    <message>
        <source>Bảng mã</source>
        <translation>Encoding</translation>
    </message>
    <message>
        <source>Bảng tính ({0})</source>
        <translation>Sheets ({0})</translation>
    </message>
    <message>
        <source>Cột trong tệp</source>
        <translation>Column in the file</translation>
    </message>
    <message>
        <source>Nội dung</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>Vì sao</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>Ba dòng mẫu: trước → sau</source>
        <translation>Three rows: before → after</translation>
    </message>
    <message>
        <source>Dòng</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>Bản ghi</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Dòng ghi</source>
        <translation>Row says</translation>
    </message>
</context>
<context>
    <name>PaceLabel</name>
    <message>
        <source>Chỉ hiện trên máy này cho chính mình; tắt ở «Hiển thị»</source>
        <translation>Shown to you only, on this computer; turn it off under «Display»</translation>
    </message>
    <message>
        <source>Buổi này: {0} bản ghi, {1} ô</source>
        <translation>This session: {0} records, {1} fields</translation>
    </message>
</context>
<context>
    <name>PagesView</name>
    <message>
        <source>Danh sách trang</source>
        <translation>List of pages</translation>
    </message>
    <message>
        <source>Ảnh trang</source>
        <translation>Picture of the page</translation>
    </message>
    <message>
        <source>Cho cả các trang sau</source>
        <translation>For the pages after it too</translation>
    </message>
    <message>
        <source>Lấy lại</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>Mũi tên: dời khung. Shift+mũi tên: đổi cỡ. Enter: giữ. F3: khung sau. Esc: bỏ.</source>
        <translation>Arrows move the box, Shift and arrows size it. Enter keeps, F3 next box, Esc gives up.</translation>
    </message>
    <message>
        <source>▫ để riêng</source>
        <translation>▫ set aside</translation>
    </message>
    <message>
        <source>✓ {0} bản ghi</source>
        <translation>✓ {0} records</translation>
    </message>
    <message>
        <source>? chưa nhận mẫu</source>
        <translation>? no form yet</translation>
    </message>
    <message>
        <source>? chưa có bản ghi</source>
        <translation>? no record yet</translation>
    </message>
    <message>
        <source>✓ {0}, {1} bản ghi</source>
        <translation>✓ {0}, {1} records</translation>
    </message>
    <message>
        <source>Mẫu của trang</source>
        <translation>Form of the page</translation>
    </message>
    <message>
        <source>Góc nghiêng, độ</source>
        <translation>Tilt, degrees</translation>
    </message>
    <message>
        <source>Nhận mẫu</source>
        <translation>Confirm form</translation>
    </message>
    <message>
        <source>Đọc lại</source>
        <translation>Read again</translation>
    </message>
    <message>
        <source>Xoay trái</source>
        <translation>Turn left</translation>
    </message>
    <message>
        <source>Xoay phải</source>
        <translation>Turn right</translation>
    </message>
    <message>
        <source>Nắn nghiêng</source>
        <translation>Straighten</translation>
    </message>
    <message>
        <source>Mép giấy</source>
        <translation>Sheet edge</translation>
    </message>
    <message>
        <source>Cả ảnh</source>
        <translation>Whole picture</translation>
    </message>
    <message>
        <source>Sáng đều</source>
        <translation>Even light</translation>
    </message>
    <message>
        <source>Tách đôi</source>
        <translation>Split</translation>
    </message>
    <message>
        <source>Bốn góc mẫu</source>
        <translation>Form corners</translation>
    </message>
    <message>
        <source>Chỉnh khung</source>
        <translation>Move box</translation>
    </message>
    <message>
        <source>Thêm bản ghi</source>
        <translation>Add record</translation>
    </message>
    <message>
        <source>Ảnh gốc/sạch</source>
        <translation>Original/cleaned</translation>
    </message>
    <message>
        <source>Để riêng</source>
        <translation>Set aside</translation>
    </message>
</context>
<context>
    <name>PathsSheet</name>
    <message>
        <source>Nạp ảnh trang</source>
        <translation>Import page pictures</translation>
    </message>
    <message>
        <source>Tệp ảnh, PDF hoặc thư mục, mỗi dòng một đường dẫn. Cũng có thể kéo tệp thả vào danh sách sổ.</source>
        <translation>Pictures, PDF files or folders, one path a line. Files can be dropped onto the list of registers too.</translation>
    </message>
    <message>
        <source>Đường dẫn của tệp hoặc thư mục</source>
        <translation>Paths of files or folders</translation>
    </message>
    <message>
        <source>Nạp</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Chọn tệp…</source>
        <translation>Choose files…</translation>
    </message>
    <message>
        <source>Chọn thư mục…</source>
        <translation>Choose folder…</translation>
    </message>
</context>
<context>
    <name>PersonSheet</name>
    <message>
        <source>Người làm</source>
        <translation>People</translation>
    </message>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Vai trò</source>
        <translation>Role</translation>
    </message>
</context>
<context>
    <name>PracticeScoreSheet</name>
    <message>
        <source>Kết quả thực hành</source>
        <translation>Practice score</translation>
    </message>
    <message>
        <source>{0} ô sai là gợi ý nhận nguyên: nhìn ảnh trước khi nhấn Enter.</source>
        <translation>{0} wrong fields are suggestions accepted as they were: look at the picture before Enter.</translation>
    </message>
    <message>
        <source>Bản ghi</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Ô</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Đã nhập</source>
        <translation>Entered</translation>
    </message>
    <message>
        <source>Trên giấy</source>
        <translation>On the paper</translation>
    </message>
    <message>
        <source>Những ô khác với giấy</source>
        <translation>Fields that differ from the paper</translation>
    </message>
    <message>
        <source>Chỉ bạn thấy kết quả này; chương trình không lưu lại.</source>
        <translation>Only you see this score; the program does not keep it.</translation>
    </message>
    <message>
        <source>Chưa có ô nào được nhận trong sổ thực hành.</source>
        <translation>No field of the practice register has been confirmed yet.</translation>
    </message>
    <message>
        <source>Đúng {0} trên {1} ô đã nhận ({2} %)</source>
        <translation>{0} of {1} confirmed fields are right ({2} %)</translation>
    </message>
</context>
<context>
    <name>PracticeStrip</name>
    <message>
        <source>KHO THỰC HÀNH – người và dữ liệu đều hư cấu</source>
        <translation>PRACTICE WORKSPACE – people and data are invented</translation>
    </message>
    <message>
        <source>Mở kho dữ liệu thật ({0})</source>
        <translation>Open the real workspace ({0})</translation>
    </message>
    <message>
        <source>Mở kho dữ liệu thật</source>
        <translation>Open the real workspace</translation>
    </message>
    <message>
        <source>Kết quả ({0})</source>
        <translation>Score ({0})</translation>
    </message>
    <message>
        <source>Kết quả thực hành</source>
        <translation>Practice score</translation>
    </message>
</context>
<context>
    <name>PrintsSheet</name>
    <message>
        <source>Sổ cấp trích lục</source>
        <translation>Log of extracts</translation>
    </message>
    <message>
        <source>Chưa cấp trích lục nào.</source>
        <translation>No extract was issued yet.</translation>
    </message>
    <message>
        <source>Số</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Lúc</source>
        <translation>At</translation>
    </message>
    <message>
        <source>Người cấp</source>
        <translation>Issued by</translation>
    </message>
    <message>
        <source>Cấp cho, mục đích</source>
        <translation>Issued to, purpose</translation>
    </message>
    <message>
        <source>Số bản</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>Số trong sổ</source>
        <translation>Number in the register</translation>
    </message>
</context>
<context>
    <name>ReasonSheet</name>
    <message>
        <source>Viết một câu</source>
        <translation>Write a sentence</translation>
    </message>
</context>
<context>
    <name>RefusalsSheet</name>
    <message>
        <source>Lỗi mà hệ thống trả về</source>
        <translation>What the system refused</translation>
    </message>
    <message>
        <source>Danh sách lỗi</source>
        <translation>List of refusals</translation>
    </message>
    <message>
        <source>Dòng 12: số 05/2017, quyển 01/2017, lỗi: ngày sinh sai</source>
        <translation>Dòng 12: số 05/2017, quyển 01/2017, lỗi: ngày sinh sai</translation>
    </message>
    <message>
        <source>Các lỗi và bản ghi</source>
        <translation>Refusals and records</translation>
    </message>
    <message>
        <source>Nhận cả các dòng chưa chắc</source>
        <translation>Take in doubtful rows too</translation>
    </message>
    <message>
        <source>Đang tìm các bản ghi…</source>
        <translation>Looking for the records…</translation>
    </message>
    <message>
        <source>Dán danh sách lỗi vào đây, hoặc chọn tệp Excel, JSON, văn bản mà hệ thống trả về. Chưa có gì được ghi trước khi bấm “Nhận vào”.</source>
        <translation>Paste the list of refusals here, or choose the Excel, JSON or text file that came back. Nothing is written before “Take in”.</translation>
    </message>
    <message>
        <source>Xem danh sách đã dán</source>
        <translation>Look at the pasted list</translation>
    </message>
    <message>
        <source>Chọn tệp…</source>
        <translation>Choose files…</translation>
    </message>
    <message>
        <source>Nhận vào</source>
        <translation>Take in</translation>
    </message>
    <message>
        <source>Tệp lỗi ({0})</source>
        <translation>Refusals ({0})</translation>
    </message>
    <message>
        <source>Dòng</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>Bản ghi</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Ô</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Tình trạng</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Lý do của hệ thống</source>
        <translation>Reason of the system</translation>
    </message>
</context>
<context>
    <name>ReplaceSheet</name>
    <message>
        <source>Tìm và thay</source>
        <translation>Find and replace</translation>
    </message>
    <message>
        <source>Cột: {0}</source>
        <translation>Column: {0}</translation>
    </message>
    <message>
        <source>Mọi cột</source>
        <translation>All columns</translation>
    </message>
    <message>
        <source>Khớp cả ô</source>
        <translation>Whole cell</translation>
    </message>
    <message>
        <source>Không kể hoa, thường</source>
        <translation>Capitals do not matter</translation>
    </message>
    <message>
        <source>Chỉ tìm trong nội dung đã có người nhận, ở các dòng đang hiện.</source>
        <translation>Only confirmed texts are searched, in the rows that are shown.</translation>
    </message>
    <message>
        <source>Sẽ thay {0} chỗ; để nguyên {1} chỗ vì bản ghi đã chuyển hoặc đã duyệt. Space: bỏ/chọn dòng.</source>
        <translation>{0} places will be replaced; {1} are left, their records were handed over or approved. Space: leave out or take in.</translation>
    </message>
    <message>
        <source>Điều kiện tìm đã đổi. Nhấn Enter để xem trước lại.</source>
        <translation>What to look for has changed. Press Enter for a new preview.</translation>
    </message>
    <message>
        <source>để nguyên</source>
        <translation>left as it is</translation>
    </message>
    <message>
        <source>Tìm</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Thay bằng</source>
        <translation>Replace with</translation>
    </message>
    <message>
        <source>Ở</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Những chỗ sẽ thay</source>
        <translation>Places to be replaced</translation>
    </message>
    <message>
        <source>Số</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Ô</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Đang ghi</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Sẽ ghi</source>
        <translation>Then</translation>
    </message>
    <message>
        <source>Ghi chú</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>Xem trước</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>Thay các dòng đã chọn</source>
        <translation>Replace the chosen lines</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Danh sách kiểm tra</source>
        <translation>Review list</translation>
    </message>
    <message>
        <source>Nội dung bản ghi</source>
        <translation>Content of the record</translation>
    </message>
    <message>
        <source>Ảnh trang</source>
        <translation>Picture of the page</translation>
    </message>
    <message>
        <source>Chờ kiểm tra: {0}</source>
        <translation>To review: {0}</translation>
    </message>
    <message>
        <source>Duyệt</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Trả lại</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>Ảnh gốc/sạch</source>
        <translation>Original/cleaned</translation>
    </message>
    <message>
        <source>Trả lời</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Số</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Người nhập</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <source>Trạng thái</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Ô</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Nội dung</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>(để trống)</source>
        <translation>(blank)</translation>
    </message>
    <message>
        <source>(không đọc được)</source>
        <translation>(unreadable)</translation>
    </message>
</context>
<context>
    <name>SearchView</name>
    <message>
        <source>Cả gợi ý chưa ai nhận</source>
        <translation>Suggestions too</translation>
    </message>
    <message>
        <source>Bản ghi tìm thấy</source>
        <translation>Records found</translation>
    </message>
    <message>
        <source>Mọi quyển sổ</source>
        <translation>All books</translation>
    </message>
    <message>
        <source>Mọi loại sổ</source>
        <translation>All types</translation>
    </message>
    <message>
        <source>Mọi trạng thái</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>Số, họ tên, ngày, năm, nơi…</source>
        <translation>Number, name, date, year, place…</translation>
    </message>
    <message>
        <source>Tìm trong mọi sổ</source>
        <translation>Search all registers</translation>
    </message>
    <message>
        <source>Loại sổ</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Quyển sổ</source>
        <translation>Book</translation>
    </message>
    <message>
        <source>Trạng thái</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Mở</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Trích lục</source>
        <translation>Extract</translation>
    </message>
    <message>
        <source>Sổ cấp trích lục</source>
        <translation>Log of extracts</translation>
    </message>
    <message>
        <source>Kiểm tra trích lục</source>
        <translation>Check an extract</translation>
    </message>
    <message>
        <source>Sổ</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>Số</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Họ tên</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Ngày sinh</source>
        <translation>Born</translation>
    </message>
    <message>
        <source>Cha mẹ, người khác</source>
        <translation>Parents, others</translation>
    </message>
    <message>
        <source>Nơi</source>
        <translation>Place</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Bảng các bản ghi của sổ</source>
        <translation>Sheet of the register&apos;s records</translation>
    </message>
    <message>
        <source>Mọi cột ({0})</source>
        <translation>All columns ({0})</translation>
    </message>
    <message>
        <source>{0} / {1} bản ghi</source>
        <translation>{0} / {1} records</translation>
    </message>
    <message>
        <source>{0} · lọc theo {1} cột</source>
        <translation>{0} · filtered by {1} columns</translation>
    </message>
    <message>
        <source>Ô này không có vị trí trên trang.</source>
        <translation>This field has no place on the page.</translation>
    </message>
    <message>
        <source>Đang mở bảng…</source>
        <translation>Opening the sheet…</translation>
    </message>
    <message>
        <source>Số {0}</source>
        <translation>No. {0}</translation>
    </message>
    <message>
        <source>Nội dung của ô</source>
        <translation>Text of the cell</translation>
    </message>
    <message>
        <source>Ghi {0} ô đang chọn là để trống trên giấy?</source>
        <translation>Mark the {0} chosen cells as blank on the page?</translation>
    </message>
    <message>
        <source>Hiện những dòng nào</source>
        <translation>Which rows to show</translation>
    </message>
    <message>
        <source>Hiện ({0})</source>
        <translation>Show ({0})</translation>
    </message>
    <message>
        <source>Mọi cột</source>
        <translation>All columns</translation>
    </message>
    <message>
        <source>○ gợi ý   ? nghi ngờ   — trống   × không đọc được   · còn thiếu   ■ lỗi   ▲ cảnh báo</source>
        <translation>○ suggestion   ? doubtful   — blank   × unreadable   · missing   ■ error   ▲ warning</translation>
    </message>
    <message>
        <source>Ảnh của ô đang chọn</source>
        <translation>Picture of the cell in hand</translation>
    </message>
    <message>
        <source>Nhận gợi ý</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>Chép xuống</source>
        <translation>Fill down</translation>
    </message>
    <message>
        <source>Để trống</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Không đọc được</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <source>Lọc cột</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Tìm, thay</source>
        <translation>Find, replace</translation>
    </message>
    <message>
        <source>Đến ô</source>
        <translation>Go to the field</translation>
    </message>
    <message>
        <source>Hoàn tác</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>ShortCodesSheet</name>
    <message>
        <source>Bảng gõ tắt</source>
        <translation>Short codes</translation>
    </message>
    <message>
        <source>Tìm mã hoặc chữ</source>
        <translation>Find a code or text</translation>
    </message>
    <message>
        <source>Mã</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Viết đủ</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Các mã gõ tắt</source>
        <translation>Short codes</translation>
    </message>
    <message>
        <source>Gõ mã và chữ viết đủ rồi nhấn Enter để thêm hoặc sửa.</source>
        <translation>Type a code and its text, then Enter, to add or change it.</translation>
    </message>
    <message>
        <source>Đã có {0} = {1}</source>
        <translation>{0} = {1} is in the table</translation>
    </message>
    <message>
        <source>Đã thay {0} = {1} bằng {2} = {3}</source>
        <translation>Replaced {0} = {1} with {2} = {3}</translation>
    </message>
    <message>
        <source>Đã có {0} = {1}. Thay bằng {2} = {3}?</source>
        <translation>{0} = {1} is there already. Replace it with {2} = {3}?</translation>
    </message>
    <message>
        <source>Mã này đã có</source>
        <translation>This code is taken</translation>
    </message>
    <message>
        <source>Đã xóa {0}</source>
        <translation>{0} was deleted</translation>
    </message>
    <message>
        <source>Không mở được {0}: {1}</source>
        <translation>{0} cannot be opened: {1}</translation>
    </message>
    <message>
        <source>Không ghi được {0}: {1}</source>
        <translation>{0} cannot be written: {1}</translation>
    </message>
    <message>
        <source>Đã ghi {0} mã vào {1}</source>
        <translation>{0} codes were written to {1}</translation>
    </message>
    <message>
        <source>Đã nạp {0} mã.</source>
        <translation>{0} codes were imported.</translation>
    </message>
    <message>
        <source>Bỏ qua {0} dòng; dòng {1}: {2}</source>
        <translation>{0} lines were passed over; line {1}: {2}</translation>
    </message>
    <message>
        <source>Thêm, sửa</source>
        <translation>Add, change</translation>
    </message>
    <message>
        <source>Xóa</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Nạp tệp UniKey…</source>
        <translation>Import UniKey file…</translation>
    </message>
    <message>
        <source>Ghi ra tệp…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>Thêm mã mẫu</source>
        <translation>Add the supplied codes</translation>
    </message>
</context>
<context>
    <name>SigningSheet</name>
    <message>
        <source>Ký bằng gì</source>
        <translation>What to sign with</translation>
    </message>
    <message>
        <source>Ký bằng</source>
        <translation>Sign with</translation>
    </message>
    <message>
        <source>Khóa của máy này</source>
        <translation>Key of this machine</translation>
    </message>
    <message>
        <source>Chứng thư trong tệp .p12</source>
        <translation>Certificate in a .p12 file</translation>
    </message>
    <message>
        <source>USB token hoặc thẻ</source>
        <translation>USB token or card</translation>
    </message>
    <message>
        <source>Tệp .p12 hoặc thư viện của token</source>
        <translation>The .p12 file, or the token’s library</translation>
    </message>
    <message>
        <source>Tên token (khi cắm nhiều token)</source>
        <translation>Name of the token (when several are plugged in)</translation>
    </message>
</context>
<context>
    <name>TourSheet</name>
    <message>
        <source>Năm điều cần biết</source>
        <translation>Five things to know</translation>
    </message>
    <message>
        <source>Bỏ qua (Esc)</source>
        <translation>Skip (Esc)</translation>
    </message>
    <message>
        <source>Bỏ qua</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>Quay lại (←)</source>
        <translation>Back (←)</translation>
    </message>
    <message>
        <source>Tiếp (Enter)</source>
        <translation>Next (Enter)</translation>
    </message>
    <message>
        <source>{0} / {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Xong (Enter)</source>
        <translation>Done (Enter)</translation>
    </message>
    <message>
        <source>Từ sổ giấy đến dữ liệu</source>
        <translation>From paper register to data</translation>
    </message>
    <message>
        <source>HoTich đọc ảnh trang sổ hộ tịch, gợi ý từng ô, và giữ những gì người làm đã nhận. Chương trình không cần mạng; dữ liệu nằm trên máy này. Mỗi ô được lưu ngay khi nhận, nên mất điện cũng không mất chữ.</source>
        <translation>HoTich reads pictures of register pages, suggests each field, and keeps what a person confirmed. It needs no network; the data stay on this computer. Every field is saved as it is confirmed, so nothing is lost in a power cut.</translation>
    </message>
    <message>
        <source>Không cần chuột</source>
        <translation>No mouse needed</translation>
    </message>
    <message>
        <source>Enter nhận ô và sang ô sau. {0}: giấy để trống. {1}: có chữ nhưng không đọc được. {2}: hoàn tác. {3} cho biết mọi phím của màn hình, {4} để đổi phím. Gõ bằng UniKey như mọi khi; máy không có thì nhấn {5}.</source>
        <translation>Enter accepts a field and goes on. {0}: blank on the page. {1}: there but unreadable. {2}: undo. {3} tells every key of the screen, {4} changes them. Type with UniKey as always; without one press {5}.</translation>
    </message>
    <message>
        <source>Gợi ý chưa phải là dữ liệu</source>
        <translation>A suggestion is not yet a value</translation>
    </message>
    <message>
        <source>Chữ xám nghiêng là máy đoán (○ khá chắc, ? đáng ngờ). Nhìn ảnh rồi mới nhấn Enter: khi đó ô có dấu ✓ và ghi tên người nhận. Máy đoán sai thì cứ gõ đè lên.</source>
        <translation>Grey italics are the machine&apos;s guess (○ fairly sure, ? doubtful). Look at the picture before Enter: then the field shows ✓ and keeps who confirmed it. Where the guess is wrong, type over it.</translation>
    </message>
    <message>
        <source>Sổ giấy luôn đúng</source>
        <translation>The paper wins</translation>
    </message>
    <message>
        <source>Ghi đúng như trên giấy, kể cả khi trông như lỗi. Dạng chuẩn được giữ riêng bên cạnh. ▲ là cảnh báo để xem lại, không phải lệnh sửa: giấy ghi đúng như vậy thì nhấn {0} và ghi lý do.</source>
        <translation>Type what stands on the paper, even where it looks wrong. The normal form is kept beside it. ▲ is a warning to look again, no order to change: if the paper says so, press {0} and give the reason.</translation>
    </message>
    <message>
        <source>Thực hành trước</source>
        <translation>Practise first</translation>
    </message>
    <message>
        <source>{0} mở kho thực hành: sổ giống thật của những người không có thật, làm sai cũng không sao. {1} cho biết đúng sai, chỉ mình bạn thấy. Xem lại năm điều này: {2}.</source>
        <translation>{0} opens the practice workspace: registers that look real, of people who never lived; mistakes do no harm. {1} tells what was right, to you only. To see these five cards again: {2}.</translation>
    </message>
</context>
<context>
    <name>TypingSheet</name>
    <message>
        <source>Cách gõ tiếng Việt</source>
        <translation>Typing Vietnamese</translation>
    </message>
    <message>
        <source>Không (dùng UniKey, ibus, fcitx của máy)</source>
        <translation>None (use UniKey, ibus or fcitx of this computer)</translation>
    </message>
    <message>
        <source>Telex, [ là ơ, ] là ư</source>
        <translation>Telex, [ is ơ, ] is ư</translation>
    </message>
    <message>
        <source>Đặt dấu kiểu mới: hoà, khoẻ, thuý</source>
        <translation>New place of tones: hoà, khoẻ, thuý</translation>
    </message>
    <message>
        <source>Cho đặt dấu cả chữ không đúng chính tả</source>
        <translation>Let words of no known spelling be marked too</translation>
    </message>
    <message>
        <source>Gõ tắt: nv và dấu cách thành Nguyễn Văn</source>
        <translation>Short codes: nv and a space become Nguyễn Văn</translation>
    </message>
    <message>
        <source>Tự viết hoa họ tên: nguyễn văn an thành Nguyễn Văn An</source>
        <translation>Capitals of names: nguyễn văn an becomes Nguyễn Văn An</translation>
    </message>
    <message>
        <source>Máy này có {0}, nên để «Không».</source>
        <translation>This computer has {0}, so «None» is best.</translation>
    </message>
    <message>
        <source>Không thấy UniKey, ibus hay fcitx trên máy này: nên chọn Telex hoặc VNI.</source>
        <translation>No UniKey, ibus or fcitx was found on this computer: choose Telex or VNI.</translation>
    </message>
    <message>
        <source>Bộ gõ của HoTich</source>
        <translation>Typing by HoTich</translation>
    </message>
    <message>
        <source>Gõ thử</source>
        <translation>Try it</translation>
    </message>
    <message>
        <source>Gõ thử họ tên ở đây</source>
        <translation>Type a name here</translation>
    </message>
    <message>
        <source>Backspace hoặc Ctrl+Z ngay sau đó trả lại chữ vừa gõ. HoTich tự tắt bộ gõ khi thấy bộ gõ khác.</source>
        <translation>Backspace or Ctrl+Z right after gives back what was typed. HoTich turns its typing off when it meets another input method.</translation>
    </message>
</context>
<context>
    <name>UnlockSheet</name>
    <message>
        <source>Mật khẩu</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Tệp khóa .p12 (nếu có)</source>
        <translation>Key file .p12 (if any)</translation>
    </message>
</context>
<context>
    <name>WorkStrip</name>
    <message>
        <source>Tiến độ của việc đang chạy</source>
        <translation>Progress of the work</translation>
    </message>
    <message>
        <source>Dừng ({0})</source>
        <translation>Stop ({0})</translation>
    </message>
    <message>
        <source>Dừng việc đang chạy</source>
        <translation>Stop the work in progress</translation>
    </message>
</context>
<context>
    <name>sheet</name>
    <message>
        <source>Chọn tệp…</source>
        <translation>Choose files…</translation>
    </message>
</context>
</TS>
