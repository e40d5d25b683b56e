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
        <source>Để trống</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Không đọc được</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <source>Bỏ qua cảnh báo</source>
        <translation>Accept warning</translation>
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
        <source>Hoàn tác</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Không có bản ghi</source>
        <translation>No record</translation>
    </message>
    <message>
        <source>Nhận ô chắc, chuyển</source>
        <translation>Accept sure, hand over</translation>
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
        <source>{0} bản ghi đã duyệt, {1} bản ghi chưa xong.</source>
        <translation>{0} records approved, {1} not finished.</translation>
    </message>
    <message>
        <source>Có thể xuất.</source>
        <translation>Ready to export.</translation>
    </message>
    <message>
        <source>Thư mục</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>Thư mục để ghi gói dữ liệu</source>
        <translation>Folder for the package</translation>
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
        <source>Gói HoTich (*.hotich.zip)</source>
        <translation>HoTich package (*.hotich.zip)</translation>
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
        <source>Gói</source>
        <translation>Package</translation>
    </message>
    <message>
        <source>Người xuất</source>
        <translation>Exported by</translation>
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
</context>
<context>
    <name>MainWindow</name>
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
        <source>Mũi tên: dời khung. Shift+mũi tên: đổi cỡ. Enter: giữ. F3: khung sau. Esc: bỏ.</source>
        <translation>Arrows move the box, Shift and arrows size it. Enter keeps, F3 next box, Esc gives up.</translation>
    </message>
    <message>
        <source>▫ để riêng</source>
        <translation>▫ set aside</translation>
    </message>
    <message>
        <source>? chưa nhận mẫu</source>
        <translation>? no form yet</translation>
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
</context>
<context>
    <name>ReasonSheet</name>
    <message>
        <source>Lý do</source>
        <translation>Reason</translation>
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
</TS>
